"""GDAL, through pyogrio, set once for the whole process."""

import warnings

import pyogrio

__all__ = ["pyogrio"]

# It warns of every oddity of a file; what matters of them `reading` and `writing` tell in sentences.
warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"pyogrio\.")
pyogrio.set_gdal_config_options(
    {"SHAPE_RESTORE_SHX": "YES"}
)  # a Shapefile without its index is still readable
