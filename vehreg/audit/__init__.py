"""Who looked, who searched, who exported, who changed."""
