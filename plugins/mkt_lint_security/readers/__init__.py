"""One reader per format; each turns its files into the same shape."""
