"""The rules that always hold, one function each, over one `Facts`. They share nothing with the model that makes plans."""
