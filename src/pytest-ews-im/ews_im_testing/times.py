"""Conversion of times and durations between Python and the control API."""

import re
from datetime import datetime, timedelta
from typing import Union

# A duration: a timedelta, or a number of seconds.
Duration = Union[timedelta, float]


def to_seconds(duration: Duration) -> float:
    """Return a duration in seconds."""
    return duration.total_seconds() if isinstance(duration, timedelta) else float(duration)


def to_milliseconds(duration: Duration) -> int:
    """Return a duration in whole milliseconds."""
    return round(to_seconds(duration) * 1000)


def format_time(time: datetime) -> str:
    """Return a time as the control API expects it.

    :raises ValueError: The time has no time zone.
    """
    if time.tzinfo is None:
        raise ValueError(f"The time {time} must have a time zone.")
    return time.isoformat()


def parse_time(text: str) -> datetime:
    """Return a time of the control API, rounded down to microseconds."""
    # Before Python 3.11, fromisoformat accepts only six digits and no Z.
    digits = re.sub(r"\.(\d+)", lambda match: f".{match[1]:0<6.6}", text)
    return datetime.fromisoformat(digits.replace("Z", "+00:00"))
