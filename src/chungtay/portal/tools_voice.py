"""A program of its own: the text it is given is spoken as WAV. Knows nothing of us; needs espeakng-loader.

It is run, never imported: espeak-ng is under the GPL, keeps one state for a whole process, and a fault in it must not
end a web server.

    python -I tools_voice.py vi < text > sound.wav
"""

import ctypes
import io
import sys
import wave
from array import array
from typing import Final

SYNCHRONOUS: Final = 2  # samples are handed over, nothing is played
DO_NOT_EXIT: Final = 0x8000
UTF8: Final = 1  # and no markup: what stands in the text is only ever said
RATE, WORDS_A_MINUTE = 1, 150


def speak(text: bytes, language: str) -> bytes:
    """The text as WAV, one channel, 16 bits, at half the voice's own rate: a voice needs no more, a poor line less."""
    import espeakng_loader  # type: ignore[import-untyped]

    voice = ctypes.CDLL(espeakng_loader.get_library_path())
    samples = bytearray()

    def heard(sound: "ctypes._Pointer[ctypes.c_short]", many: int, _events: int | None) -> int:
        if sound and many > 0:
            samples.extend(ctypes.string_at(sound, many * 2))
        return 0

    per_second = voice.espeak_Initialize(
        SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), DO_NOT_EXIT
    )
    if per_second <= 0 or voice.espeak_SetVoiceByName(language.encode()) != 0:
        raise SystemExit("no such voice")
    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)(
        heard
    )
    voice.espeak_SetSynthCallback(callback)
    voice.espeak_SetParameter(RATE, WORDS_A_MINUTE, 0)
    said = voice.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, 1, 0, UTF8, None, None)
    if said != 0 or voice.espeak_Synchronize() != 0:
        raise SystemExit("not spoken")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(per_second // 2)
        file.writeframes(_halved(samples))
    return out.getvalue()


def _halved(samples: bytearray) -> bytes:
    sound = array("h", bytes(samples))
    return array(
        "h", ((one + next_) >> 1 for one, next_ in zip(sound[::2], sound[1::2], strict=False))
    ).tobytes()


if __name__ == "__main__":
    sys.stdout.buffer.write(speak(sys.stdin.buffer.read(), sys.argv[1]))
