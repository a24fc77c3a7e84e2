"""The page for an officer at somebody's door: on a telephone, in a minute, with or without a connection."""
