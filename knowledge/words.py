"""Small helpers on words and lists that the table makers share."""

import unicodedata

# Letters that do not decompose into a base letter and a mark.
LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "’": "'", "ʻ": "'", "ð": "d", "þ": "th"})


def bare(words):
    """The words without accents; letter case stays."""
    marked = unicodedata.normalize("NFD", words.translate(LETTERS))
    return "".join(c for c in marked if not unicodedata.combining(c))


def fold(words):
    """The words in lower case without accents: the form in which names are compared here."""
    return bare(words).lower()


def split(field):
    """The entries of a '|' list."""
    return [w for w in field.split("|") if w]


def joined(value):
    """A field as it is written: lists joined with '|', each entry once, order kept."""
    return value if isinstance(value, str) else "|".join(dict.fromkeys(value))
