"""Addresses that a telephone reads from paper."""

import io

import segno

QUIET = 4  # modules of white around a code, as ISO/IEC 18004 wants


def qr_svg(address: str) -> str:
    """Medium correction: a corner may be torn off."""
    target = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(target, kind="svg", border=QUIET, xmldecl=False, dark="#000000", light="#ffffff", omitsize=True)
    return target.getvalue().decode()
