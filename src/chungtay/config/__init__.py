"""Settings, environment, addresses, the command line: the only place that knows everyone."""
