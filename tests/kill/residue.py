# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The CDN Purge authors

"""All the shapes in which a piece of a secret might be left somewhere, and looking for them."""

import base64
import urllib.parse

PIECE = 12


def spell(piece):
    """One piece of a secret, in every way of writing it down."""
    text = piece.decode('ascii')
    percent = ''.join(f'%{byte:02x}' for byte in piece)
    quoted = urllib.parse.quote(text, safe='')
    yield from (piece, piece.upper(), piece.lower(), piece.swapcase(), piece[::-1])
    yield from (piece.hex().encode(), piece.hex().upper().encode(), piece.hex(' ').encode(),
                piece.hex(':').encode())
    yield from (quoted.encode(), quoted.lower().encode(), percent.encode(),
                percent.upper().encode(), urllib.parse.quote(quoted, safe='').encode())
    # Wherever in a longer text it begins: of twelve bytes sixteen characters, one of every three
    # pieces stands so that they are whole.
    yield from (base64.b64encode(piece), base64.urlsafe_b64encode(piece),
                base64.b32encode(piece)[:16])
    yield from (text.encode('utf-16-le'), text.encode('utf-16-be'), text.encode('utf-32-le'))
    yield text.replace('/', '\\/').encode()
    yield ''.join(f'\\x{byte:02x}' for byte in piece).encode()
    yield ', '.join(str(byte) for byte in piece).encode()
    # As an HMAC mixes it.
    yield from (bytes(byte ^ mix for byte in piece) for mix in (0x36, 0x5c))


class Needles:
    def __init__(self, secret):
        raw = secret.encode()
        self.forms = sorted({form for start in range(len(raw) - PIECE + 1)
                             for form in spell(raw[start:start + PIECE])})

    def find(self, content):
        """The first form that is in there, or nothing."""
        return next((form for form in self.forms if form in content), None)
