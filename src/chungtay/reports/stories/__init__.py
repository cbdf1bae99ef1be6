"""A neutral article draft and a fact sheet for a place and a time, every figure a query over records."""
