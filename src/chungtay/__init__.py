"""Chung Tay: a New Rural Development programme, from the hamlet to the nation."""
