"""What went wrong with the private services, in words for the person at the terminal."""


class ServiceError(RuntimeError):
    """The private services cannot be started; the message says what to do."""
