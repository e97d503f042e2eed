"""A recording is known by its bytes."""

import struct

import pytest
from django.core.exceptions import ValidationError

from concivis.shell import sounds

OPUS = b"OggS\0\x02" + bytes(22) + b"OpusHead\x01\x01"
WAV = b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + bytes(20)
WEBM = b"\x1aE\xdf\xa3\x9fB\x82\x84webm" + bytes(40) + b"\x86A_OPUS"
M4A = b"\0\0\0\x20ftypM4A \0\0\0\0"
FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # 128 kbit/s at 44.1 kHz: 417 bytes
MP3 = FRAME * 2
TAGGED = b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + MP3


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (OPUS, "audio/ogg"),
        (WAV, "audio/wav"),
        (WEBM, "audio/webm"),
        (M4A, "audio/mp4"),
        (MP3, "audio/mpeg"),
        (TAGGED, "audio/mpeg"),
    ],
)
def test_recordings_are_known(content, media_type):
    assert sounds.examine(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\0",
        b"OggS" + bytes(300),
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\xff\xfb\x90\x00" + bytes(10),
        WEBM + b"V_VP9",
        M4A + b"hdlrvide",
        b"\x1aE\xdf\xa3\x9fB\x82\x88matroska" + b"A_OPUS",
        b"ID3\x04\0\0\xff\xff\xff\xff",
    ],
)
def test_everything_else_is_refused(content):
    with pytest.raises(ValidationError):
        sounds.examine(content)


def test_the_name_it_is_stored_under_says_nothing():
    assert sounds.random_name("audio/ogg") != sounds.random_name("audio/ogg")
