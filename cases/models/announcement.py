"""Whoever sent a declaration is told what became of it: by the statement that changes it, whichever it is."""

from typing import Final

import pgtrigger

from cases.models.tally import changed_rows

EVENT: Final = "declaration.changed"

# One that is looked at anew has not become anything yet.
ANNOUNCE: Final = pgtrigger.Trigger(
    name="announce",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    referencing=changed_rows(pgtrigger.Update),
    func=f"""IF EXISTS (SELECT FROM webhooks_webhook WHERE active) THEN
    INSERT INTO webhooks_message (webhook_id, event, data)
    SELECT webhook.id, '{EVENT}', jsonb_build_object(
        'declaration', present.id, 'external_id', present.external_id, 'state', present.state)
    FROM new_rows AS present
    JOIN old_rows AS before ON before.id = present.id AND before.state <> present.state
    JOIN cases_receipt AS receipt ON receipt.declaration_id = present.id
    JOIN webhooks_webhook AS webhook ON webhook.client_id = receipt.client_id AND webhook.active
    WHERE present.state <> 'received'
    ORDER BY present.id;
END IF;
RETURN NULL;""",
)
