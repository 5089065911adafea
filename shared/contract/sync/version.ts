/**
 * Protocol versions. A line per version:
 * 1 - hello, streams, inbox, digest, enrol; events of schema 1.
 *     Before any release: subjects of kind `setting`, bodies of `dossier.annotate`, `dossier.act`, `catalogue.correct`; `dossier.conclude` went;
 *     kinds `target` and `report`, bodies of `sheet.*`, `target.set`, `cluster.set`, `report.print`, `report.freeze`; `count.record` with form, window, group, outside, reason, evidence;
 *     hello with witness, epoch with `since`, missing, own, returned, streams, marks, a signed digest, a signed catalogue version;
 *     enrolment gives a card, readmit;
 *     kind `day`, bodies of `dossier.resolve`, `dossier.transfer`, `sheet.resolve`, `day.close`;
 *     bodies of `dossier.attach`, `dossier.detach`, scans in pieces, both ways; `count.record` with file;
 *     reports of the dossiers that the city holds, as figures;
 *     hello and inbox with `seen`, own with `unread`, every reply with its epoch.
 * 2 - how far the access log went, in batches, receipts and POST /v1/access: asked only of a city that greets with 2;
 *     machines, what stood on a lost one, revoking its key;
 *     enrolment and hello may bring a signed paper for each person's role, hello the key of the city's safe.
 * 3 - hello names the newest verified backup of the city, to a desk that speaks 3.
 * A test pins the hash of the wire schemas: whoever changes the wire meets this file.
 */
export const PROTOCOL = { min: 1, max: 3 } as const;
/** From this version on a city signs back how far the access log goes. */
export const PROTOCOL_ACCESS = 2;
/** From this version on a greeting names the city's newest verified backup. */
export const PROTOCOL_BACKUP = 3;
/** Marks every answer of a real hub; its absence means somebody else answered (captive portal, proxy). */
export const PROTOCOL_HEADER = 'smc-protocol';
export const BATCH_MAX_EVENTS = 500;
export const BATCH_MAX_BYTES = 1024 * 1024;
/** Of one piece of a scan. */
export const FILE_PART_BYTES = 512 * 1024;
/** Unpacked limit at the hub: a gzip bomb stops here. */
export const BATCH_MAX_UNPACKED = 16 * 1024 * 1024;

/** Media types of the wire. */
export const MEDIA = {
  batch: 'application/vnd.somotcua.batch+gzip',
  json: 'application/json',
  file: 'application/octet-stream',
} as const;
/** `typ` of each JWS: bytes signed for one purpose are never valid for another. */
export const TYP = {
  batch: 'smc-batch+jws',
  hello: 'smc-hello+jws',
  helloReply: 'smc-hello-reply+jws',
  request: 'smc-request+jws',
  receipt: 'smc-receipt+jws',
  inbox: 'smc-inbox+jws',
  own: 'smc-own+jws',
  missing: 'smc-missing+jws',
  replace: 'smc-replace+jws',
  returned: 'smc-returned+jws',
  digest: 'smc-digest+jws',
  catalogue: 'smc-catalogue+jws',
  figures: 'smc-figures+jws',
  machines: 'smc-machines+jws',
  loss: 'smc-loss+jws',
  revoke: 'smc-revoke+jws',
  enrol: 'smc-enrol+jws',
  access: 'smc-access+jws',
  file: 'smc-file+jws',
  card: 'smc-card+jws',
  role: 'smc-role+jws',
  unlock: 'smc-unlock+jws',
  readmit: 'smc-readmit+jws',
  readmitReply: 'smc-readmit-reply+jws',
  courier: 'smc-courier+jws',
  update: 'smc-update+jws',
  courierReceipts: 'smc-courier-receipts+jws',
} as const;
export const ALG = 'EdDSA';
