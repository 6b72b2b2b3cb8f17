"""Weekly hours for property tests."""

from datetime import time

from hypothesis import strategies as st

from plans.availability import Hours, Span

_minutes = st.integers(0, 24 * 4 - 1).map(lambda quarter: quarter * 15) | st.integers(0, 24 * 60 - 1)
_times = _minutes.map(lambda minute: time(*divmod(minute, 60)))
spans = st.builds(Span, st.integers(0, 6), _times, _times)
weekly: st.SearchStrategy[Hours] = st.lists(spans, max_size=8).map(tuple)
