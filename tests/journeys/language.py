# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""What a window says in another language where a journey looks for it in English."""

import re

CONVERSION = re.compile(r'(%(?:\d+\$)?[a-z])')
MNEMONIC = re.compile(r'\(_\w\)|_')


def make_pattern(text, capture):
    """A pattern for a text with conversions of printf in it, which may be anything."""
    parts = CONVERSION.split(MNEMONIC.sub('', text))
    return ''.join(capture if CONVERSION.fullmatch(part) else re.escape(part) for part in parts)


def read_catalogue(data):
    """Texts and translations of a compiled catalogue; a plural has two English forms, of which the
    module gettext forgets the second."""
    def word(place):
        return int.from_bytes(data[place:place + 4], 'little')

    def string(table, index):
        length, start = word(table + 8 * index), word(table + 8 * index + 4)
        return data[start:start + length].decode()

    texts = {}
    for index in range(word(8)):
        forms = string(word(12), index).rpartition('\x04')[2].split('\0')
        texts |= dict.fromkeys(forms, string(word(16), index).split('\0')[0])
    texts.pop('', None)
    return texts


class Language:
    def __init__(self, path):
        self.texts = read_catalogue(path.read_bytes())

    def speak(self, english):
        """A pattern for what is said where ENGLISH, a part of a text, would be; a pattern
        for English stays what it is, and what is in no catalogue is said in English."""
        if not english or isinstance(english, re.Pattern):
            return english
        exact = {text: translation for text, translation in self.texts.items()
                 if MNEMONIC.sub('', text) == english}
        if exact:
            return re.compile('|'.join(make_pattern(text, '.*') for text in exact.values()))
        filled = [(match, translation) for text, translation in self.texts.items()
                  if re.search('[A-Za-z]{3}', CONVERSION.sub('', text))
                  and (match := re.fullmatch(make_pattern(text, '(.+)'), english))]
        if filled:
            return re.compile('|'.join(self.fill(*pair) for pair in filled))
        parts = [translation for text, translation in self.texts.items()
                 if re.search(re.escape(english), MNEMONIC.sub('', text))
                 or re.search(re.escape(re.sub(r'\d+', '%u', english)), MNEMONIC.sub('', text))]
        return re.compile('|'.join([re.escape(english),
                                    *(make_pattern(text, '.*') for text in parts)]))

    @staticmethod
    def fill(match, translation):
        """The translation with what stands in the English text."""
        values = iter(match.groups())
        parts = CONVERSION.split(MNEMONIC.sub('', translation))
        return ''.join(re.escape(next(values)) if CONVERSION.fullmatch(part) else re.escape(part)
                       for part in parts)
