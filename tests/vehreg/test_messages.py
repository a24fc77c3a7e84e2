import gettext

from vehreg.messages import compile_catalogues

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Vehicle"
msgstr "Phương tiện"

msgid "Owner"
msgstr ""
"""


def test_a_catalogue_is_compiled_once_and_empty_entries_are_left_out(tmp_path):
    source = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)

    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert compile_catalogues(tmp_path) == []
    words = gettext.translation("django", tmp_path, ["vi"])
    assert words.gettext("Vehicle") == "Phương tiện"
    assert words.gettext("Owner") == "Owner"
