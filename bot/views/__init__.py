"""What members see: facts in, blocks out, one file a noun. All wording lives here."""
