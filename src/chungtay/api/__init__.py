"""What machines read: the public tables and records as JSON, described by OpenAPI 3.1."""
