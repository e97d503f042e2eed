"""What may be kept as a spoken note: known by its bytes, never by its name or what the browser says of it.

Pure: bytes in, a media type out. Raises ValidationError with a sentence for the person who sent the file.
"""

import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST = 15 * 1024 * 1024  # bytes: ten minutes as a telephone records them

TYPES = {
    "audio/ogg": ".ogg",
    "audio/webm": ".webm",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/wav": ".wav",
}
"""The media types that are kept, each with its usual ending."""

ACCEPT = "audio/*," + ",".join([*TYPES.values(), ".opus", ".oga"])
UNKNOWN = _("This is not a recording that we know. Please send OGG, WebM, MP3, M4A or WAV.")
EMPTY = _("The file is empty.")

OGG = b"OggS"
OGG_CODECS = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
EBML = b"\x1aE\xdf\xa3"
MP4_BRANDS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash")
MP4_OTHERS = (b"3gp", b"qt  ")  # what old telephones and iPhones write: the first letters of the brand
VIDEO = (b"vide", b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")


def examine(content: bytes) -> str:
    """The media type of a recording of speech. Raises ValidationError for everything else, films too."""
    if not content:
        raise ValidationError(EMPTY)
    found = _type(content)
    if not found or any(mark in content for mark in VIDEO):
        raise ValidationError(UNKNOWN)
    return found


def random_name(media_type: str) -> str:
    """A name under which it is stored: nobody guesses it, and it says nothing of who sent it."""
    return secrets.token_hex(16) + TYPES[media_type]


def _type(content: bytes) -> str:
    if content.startswith(OGG):
        return "audio/ogg" if any(codec in content[:256] for codec in OGG_CODECS) else ""
    if content.startswith(EBML):
        return "audio/webm" if b"webm" in content[:64] and b"A_" in content[:65536] else ""
    if content[:4] == b"RIFF":
        return "audio/wav" if content[8:12] == b"WAVE" and b"fmt " in content[:256] else ""
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        return "audio/mp4" if brand in MP4_BRANDS or brand.startswith(MP4_OTHERS) else ""
    return "audio/mpeg" if _is_mp3(content) else ""


def _is_mp3(content: bytes) -> bool:
    """A frame where one must begin, and another where the first one ends (ISO/IEC 11172-3)."""
    start = 0
    if content.startswith(b"ID3") and len(content) > 10:
        size = 0
        for byte in content[6:10]:
            if byte > 0x7F:
                return False
            size = size << 7 | byte
        start = 10 + size
    length = _frame_length(content[start : start + 4])
    following = content[start + length : start + length + 4]
    return length > 0 and _frame_length(following) > 0


KBITS = {  # by version (1 or 2) and index, of layer III
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def _frame_length(head: bytes) -> int:
    """Of a frame of layer III, in bytes; 0 where there is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or rate == 3:
        return 0
    kbits = KBITS[1 if version == 3 else 2][bits]
    factor = 144_000 if version == 3 else 72_000
    return factor * kbits // RATES[version][rate] + (head[2] >> 1 & 1) if kbits else 0
