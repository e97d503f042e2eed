"""The statements that confirm a signature, written by hand: an insert of what a select finds is beyond the ORM.

All take `key` (the hash of the pressed key) and `now`. Who asked for news is noted in the signature, taken over later
(`actions.following`).
"""

from concivis.proposals.enums import Check, State
from concivis.proposals.models import Attempt, Proposal, Signature
from concivis.proposals.models.signatures import Signing

ATTEMPT, SIGNATURE, PROPOSAL = (model._meta.db_table for model in (Attempt, Signature, Proposal))
SAID = [str(field.column) for field in Signing._meta.local_fields]

# ruff: noqa: S608 - nothing but our own names goes into these texts

SIGN = f"""
INSERT INTO {SIGNATURE} ({", ".join(SAID)}, proposal_id, begun_at, signed_at, check_state)
SELECT {", ".join(f"a.{column}" for column in SAID)}, a.proposal_id, a.begun_at, %(now)s, '{Check.WAITING}'
FROM {ATTEMPT} a JOIN {PROPOSAL} p ON p.id = a.proposal_id
WHERE a.key_hash = %(key)s
  AND p.state = '{State.PUBLISHED}' AND p.paused_at IS NULL AND p.hidden_at IS NULL
  AND a.begun_at < p.closes_at AND a.confirm_until > %(now)s
ON CONFLICT (proposal_id, person) DO UPDATE SET
  {", ".join(f"{column} = excluded.{column}" for column in SAID if column != "person")},
  begun_at = excluded.begun_at, signed_at = excluded.signed_at, withdrawn_at = NULL,
  check_state = excluded.check_state, checked_at = NULL
  WHERE {SIGNATURE}.withdrawn_at IS NOT NULL AND {SIGNATURE}.key_hash <> excluded.key_hash
RETURNING proposal_id
"""

DONE = f"DELETE FROM {ATTEMPT} WHERE key_hash = %(key)s"

# all at once, on PostgreSQL: one journey there and back, one commit
CONFIRM = f"""
WITH signed AS ({SIGN}),
done AS ({DONE} AND EXISTS (SELECT 1 FROM signed))
SELECT p.public_id FROM signed JOIN {PROPOSAL} p ON p.id = signed.proposal_id
"""

# one after the other, on SQLite; the second where the first found something
CONFIRM_BY_STEPS = [SIGN, DONE]
