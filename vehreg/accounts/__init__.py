"""Officers: user, role, unit; sign-in security; which units a user may see."""
