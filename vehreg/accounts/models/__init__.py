from vehreg.accounts.models.unit import Unit
from vehreg.accounts.models.user import User

__all__ = ["Unit", "User"]
