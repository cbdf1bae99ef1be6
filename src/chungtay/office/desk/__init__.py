"""The screens of the law desk: one officer puts the law in, a second one compares it with the original."""
