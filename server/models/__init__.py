"""The tables, their legal transitions and their queries; one noun a file."""

from server.models.api_key import ApiKey
from server.models.audit import AuditEntry
from server.models.draft import Draft
from server.models.event import WorkspaceEvent
from server.models.generation import Generation
from server.models.image import Image, ImageStar
from server.models.ledger import ConnectionProbe, Lease, UsageDay
from server.models.mail import Mail
from server.models.mail_link import MailLink
from server.models.message import Message, Proposal
from server.models.subscription import Customer, Invoice, StripeEvent, Subscription
from server.models.theme import Style, Theme
from server.models.ticket import CannedReply, Ticket, TicketReply
from server.models.transfer import Transfer
from server.models.user import COLORS, Session, User, color_of
from server.models.workspace import RANKS, Invite, Membership, Workspace

__all__ = [
    "COLORS",
    "RANKS",
    "ApiKey",
    "AuditEntry",
    "CannedReply",
    "ConnectionProbe",
    "Customer",
    "Draft",
    "Generation",
    "Image",
    "ImageStar",
    "Invite",
    "Invoice",
    "Lease",
    "Mail",
    "MailLink",
    "Membership",
    "Message",
    "Proposal",
    "Session",
    "StripeEvent",
    "Style",
    "Subscription",
    "Theme",
    "Ticket",
    "TicketReply",
    "Transfer",
    "UsageDay",
    "User",
    "Workspace",
    "WorkspaceEvent",
    "color_of",
]
