"""From YAML to immutable standards, facts and cases. The only place in the engine that opens files."""
