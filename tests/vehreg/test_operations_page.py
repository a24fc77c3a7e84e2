import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_stands_on_the_operations_page():
    read = re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "vehreg" / "settings.py").read_text())
    page = (ROOT / "docs" / "operations.md").read_text()

    assert len(read) > 10
    assert [name for name in read if f"`{name}`" not in page] == []
