-- A sample is drawn from all that was logged in a period (§4.1).
CREATE INDEX record_logged ON record (json_extract(doc, '$.logged.at')) WHERE kind = 'incident';

-- An exception is found by what may go on from it (§4.2): what the rule book says of those that are there already.
UPDATE record SET
    likeness = 'exception/'
        || substr(json_extract(doc, '$.application.request.clause') || '/', 1,
               instr(json_extract(doc, '$.application.request.clause') || '/', '/') - 1)
        || '/' || CASE json_extract(doc, '$.application.request.clock')
               WHEN 'response' THEN 'Response' WHEN 'restoration' THEN 'Restoration'
               WHEN 'resolution' THEN 'Resolution' ELSE 'none' END
        || '/' || json_extract(doc, '$.application.request.scope.scope')
        || '/' || coalesce(json_extract(doc, '$.application.request.scope.incident'),
               json_extract(doc, '$.application.request.scope.client'),
               json_extract(doc, '$.application.request.scope.service'),
               '00000000-0000-0000-0000-000000000000'),
    alike_at = json_extract(doc, '$.application.request.until')
WHERE kind = 'exception' AND json_extract(doc, '$.state.state') IN ('granted', 'expired', 'revoked');
