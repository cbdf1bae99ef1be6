"""The satisfaction survey of the Front: one ballot a household, an anonymous count, frozen and published."""
