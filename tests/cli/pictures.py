# pictures.py - reading the files that `grokscope-cli figures` writes
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Python's standard library, poppler's pdffonts and pdftoppm, and librsvg's rsvg-convert.

import re
import struct
import subprocess
import sys
import zlib


def run(*arguments):
    return subprocess.run([str(argument) for argument in arguments], check=True,
                          stdout=subprocess.PIPE).stdout


class Picture:
    """Pixels as (red, green, blue), or (red, green, blue, alpha)."""

    def __init__(self, width, height, channels, rows):
        self.width = width
        self.height = height
        self.channels = channels
        self.rows = rows  # of bytes

    def get(self, x, y):
        return tuple(self.rows[y][self.channels * x:self.channels * (x + 1)])


def _undo_filter(kind, line, before, step):
    """A line of a PNG file as it was before it was filtered, in place."""
    for i in range(len(line)):
        left = line[i - step] if i >= step else 0
        up = before[i]
        corner = before[i - step] if i >= step else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        else:
            distances = (abs(up - corner), abs(left - corner), abs(left + up - 2 * corner))
            guess = (left, up, corner)[distances.index(min(distances))]
        line[i] = (line[i] + guess) & 0xff


def read_png(data):
    """An 8-bit picture without interlacing, as a Picture, and its texts."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    at, packed, texts = 8, b"", {}
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0] == zlib.crc32(
            kind + body), "the checksum of %r is wrong" % kind
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            assert (depth, interlaced) == (8, 0) and color in (2, 6)
        elif kind == b"IDAT":
            packed += body
        elif kind in (b"tEXt", b"iTXt"):
            key, text = body.split(b"\0", 1)
            texts[key.decode()] = text.lstrip(b"\0").decode("utf-8" if kind == b"iTXt" else "latin-1")
        at += 12 + length
    channels = 4 if color == 6 else 3
    bytes_ = zlib.decompress(packed)
    rows, before, stride = [], bytes(width * channels), width * channels + 1
    for y in range(height):
        kind, line = bytes_[y * stride], bytearray(bytes_[y * stride + 1:(y + 1) * stride])
        if kind != 0:
            _undo_filter(kind, line, before, channels)
        rows.append(bytes(line))
        before = rows[-1]
    return Picture(width, height, channels, rows), texts


def read_ppm(data):
    """What pdftoppm writes."""
    match = re.match(rb"P6\s(?:#[^\n]*\n)?(\d+)\s(\d+)\s255\s", data)
    width, height = int(match[1]), int(match[2])
    start = match.end()
    return Picture(width, height, 3, [data[start + 3 * width * y:start + 3 * width * (y + 1)]
                                      for y in range(height)])


def paint_pdf(path, dpi):
    return read_ppm(run("pdftoppm", "-r", dpi, path))


def paint_svg(path, zoom):
    return read_png(run("rsvg-convert", "-z", zoom, path))[0]


def shrink(picture, step):
    """Mean red, green and blue of blocks of step x step pixels, row by row."""
    means = []
    for top in range(0, picture.height - step + 1, step):
        for left in range(0, picture.width - step + 1, step):
            sums = [0, 0, 0]
            for row in picture.rows[top:top + step]:
                for x in range(left * picture.channels, (left + step) * picture.channels,
                               picture.channels):
                    for i in range(3):
                        sums[i] += row[x + i]
            means.append([total / step ** 2 for total in sums])
    return means


def count_seams(picture, color):
    """Thin lines of another colour inside areas of the color."""
    n = 0
    inside = [[picture.get(x, y)[:3] == color for x in range(picture.width)]
              for y in range(picture.height)]
    for y in range(2, picture.height - 2):
        for x in range(2, picture.width - 2):
            if not inside[y][x] and ((inside[y][x - 2] and inside[y][x + 2])
                                     or (inside[y - 2][x] and inside[y + 2][x])):
                n += 1
    return n, sum(map(sum, inside))


def list_fonts(path):
    """Type, and whether it is embedded and a subset, of the fonts of a PDF file."""
    lines = run("pdffonts", path).decode().splitlines()
    starts = [match.start() for match in re.finditer(r"-+", lines[1])]
    return [(line[starts[1]:starts[2]].strip(), line[starts[3]:starts[4]].strip(),
             line[starts[4]:starts[5]].strip()) for line in lines[2:]]


def list_line_widths(pdf):
    """The widths of all strokes of a PDF file of cairo's, in points."""
    widths = []
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(packed).decode("latin-1")
        except zlib.error:
            continue
        scale, width, stack, numbers = 1.0, 1.0, [], []
        for word in text.split():
            if re.fullmatch(r"-?\d*\.?\d+", word):
                numbers.append(float(word))
                continue
            if word == "cm":
                a, b, c, d = numbers[-6:-2]
                scale *= abs(a * d - b * c) ** 0.5
            elif word == "w":
                width = numbers[-1]
            elif word == "q":
                stack.append((scale, width))
            elif word == "Q":
                scale, width = stack.pop()
            elif word in ("S", "s", "B", "B*", "b", "b*"):
                widths.append(scale * width)
            numbers = []
    return widths


def find_plotter():
    """A Python that has matplotlib."""
    for python in (sys.executable, "python3", "/usr/bin/python3"):
        found = subprocess.run([python, "-c", "import matplotlib"], stderr=subprocess.DEVNULL)
        if found.returncode == 0:
            return python
    raise AssertionError("matplotlib is needed (Debian: python3-matplotlib)")
