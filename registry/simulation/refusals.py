"""Why a city is not built."""


class CityRefused(ValueError):
    """The request makes no sense; ``code`` says why, ``details`` what it is about."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details
