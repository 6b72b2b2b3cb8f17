"""Everything that one could do with paper and pencil: plans, fits, scores, advice.

Values in, values out: no Slack, no SQL, no clock, no chance.
"""
