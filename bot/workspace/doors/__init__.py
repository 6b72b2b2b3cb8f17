"""What the page and its people may ask."""
