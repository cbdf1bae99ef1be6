def edge_cases(standard):
    return ()
