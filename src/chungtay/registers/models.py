"""The tables of registers, gathered for Django; each room keeps its own."""

from chungtay.registers.amenities.models import Asset as Asset
from chungtay.registers.amenities.models import BoardNumber as BoardNumber
from chungtay.registers.amenities.models import Border as Border
from chungtay.registers.amenities.models import Broadcast as Broadcast
from chungtay.registers.amenities.models import Description as Description
from chungtay.registers.amenities.models import Ending as Ending
from chungtay.registers.amenities.models import MapFile as MapFile
from chungtay.registers.livelihood.models import *  # noqa: F403
