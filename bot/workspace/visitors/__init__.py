"""People who come in by the page's doors: for tests and demonstrations."""
