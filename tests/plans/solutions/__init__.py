"""Reference solutions of the coding questions: one function for each, named after the question.

They are written to be read beside the question, and hold its examples to the truth.
"""
