"""The proving ground: returned paper made up with exact truth.

A `Writer` (hands) means something by a sheet (`intentions`), the pen puts it on the printed pages (`sheets`), and a
`Wear` (wear) scans, faxes, folds or photographs them; `returns` does it all from one seed. Pixel coordinates are
continuous: (0, 0) is the top left corner of the image, the middle of its first pixel is (0.5, 0.5).
"""
