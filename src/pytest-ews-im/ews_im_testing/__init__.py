"""Tests EWS clients against Ews.ImService, a local server with the IM contact store of Exchange.

In pytest, use the fixtures ``ews_im`` and ``ews_im_realm``; elsewhere, :class:`EwsImServer`.
"""

from ews_im_testing.clock import EwsImClock
from ews_im_testing.errors import EwsImServerError, EwsImVerificationError
from ews_im_testing.fault import Fault, FaultRule
from ews_im_testing.faults import EwsImFaults, InjectedFault
from ews_im_testing.journal import EwsImJournal
from ews_im_testing.journal_entry import JournalEntry
from ews_im_testing.mailbox import SeedMailbox
from ews_im_testing.options import EwsImServerOptions
from ews_im_testing.program import find_program
from ews_im_testing.realm import EwsImRealm
from ews_im_testing.server import EwsImServer
from ews_im_testing.temporary_realm import EwsImTemporaryRealm

__all__ = [
    "EwsImClock",
    "EwsImFaults",
    "EwsImJournal",
    "EwsImRealm",
    "EwsImServer",
    "EwsImServerError",
    "EwsImServerOptions",
    "EwsImTemporaryRealm",
    "EwsImVerificationError",
    "Fault",
    "FaultRule",
    "InjectedFault",
    "JournalEntry",
    "SeedMailbox",
    "find_program",
]
