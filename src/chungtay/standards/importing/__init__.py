"""An annex on its way into a draft, step by step: what was chosen is kept until it becomes a revision."""
