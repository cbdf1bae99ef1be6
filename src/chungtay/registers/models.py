"""The tables of registers, gathered for Django; each room keeps its own."""

from chungtay.registers.amenities.models import *  # noqa: F403
from chungtay.registers.livelihood.models import *  # noqa: F403
