"""Why a file is not taken."""

from vehreg.jobs.kinds import Refused

__all__ = ["Refused"]
