"""Co-operatives, groups, areas by crop and practice, growing-area codes, contracts, brands, OCOP products."""
