-- Generated from migrations/ by scripts/dump-schema.ts; script/check compares.
answers_answer.id text not null
answers_answer.number text not null
answers_answer.question_id text not null
answers_answer.state text not null
answers_answer.version int4 not null default 0
answers_answer.draft jsonb not null
answers_answer.parties jsonb not null
answers_answer.created_by text
answers_answer.created_at timestamptz not null
answers_answer.updated_at timestamptz not null
answers_answer.published_at timestamptz
answers_decision.id text not null
answers_decision.answer_id text not null
answers_decision.decided_on date not null
answers_decision.paper text not null
answers_decision.votes jsonb
answers_decision.decided jsonb not null
answers_decision.rejected text not null
answers_decision.created_at timestamptz not null
answers_indicator.id text not null
answers_indicator.answer_id text not null
answers_indicator.name text not null
answers_indicator.unit text not null
answers_indicator.points jsonb not null
answers_indicator.goal jsonb
answers_indicator.assessment text not null
answers_indicator.next_review date
answers_indicator.created_at timestamptz not null
answers_version.answer_id text not null
answers_version.version int4 not null
answers_version.content jsonb not null
answers_version.changes text not null
answers_version.files jsonb not null
answers_version.entry_id text not null
answers_version.sha256 text not null
answers_version.published_at timestamptz not null
catalogue_campaign.id uuid not null
catalogue_campaign.organisation_id text not null
catalogue_campaign.title text not null
catalogue_campaign.why text not null
catalogue_campaign.starts date not null
catalogue_campaign.due date not null
catalogue_campaign.created_at timestamptz not null
catalogue_campaign.ended_at timestamptz
catalogue_campaign_house.campaign_id uuid not null
catalogue_campaign_house.organisation_id text not null
catalogue_campaign_house.complete_at timestamptz
catalogue_campaign_house.note text not null default ''::text
catalogue_campaign_house.reminded_at timestamptz
catalogue_campaign_house.reminders int4 not null default 0
catalogue_cluster.id uuid not null
catalogue_cluster.winner uuid not null
catalogue_cluster.members _uuid not null
catalogue_cluster.reasons jsonb not null
catalogue_cluster.decided_by text not null
catalogue_cluster.state text not null default 'open'::text
catalogue_cluster.created_at timestamptz not null
catalogue_cluster.decided_at timestamptz
catalogue_draft.id uuid not null
catalogue_draft.person_id text
catalogue_draft.organisation_id text not null
catalogue_draft.kind text not null
catalogue_draft.name text not null
catalogue_draft.payload jsonb not null
catalogue_draft.sha256 text
catalogue_draft.created_at timestamptz not null
catalogue_entry.id uuid not null
catalogue_entry.organisation_id text not null
catalogue_entry.source_id uuid
catalogue_entry.remote_id text
catalogue_entry.holder_name text not null
catalogue_entry.visibility text not null
catalogue_entry.access text not null
catalogue_entry.record jsonb not null
catalogue_entry.partner jsonb
catalogue_entry.holder jsonb
catalogue_entry.preview jsonb
catalogue_entry.preview_face text not null default 'holder'::text
catalogue_entry.title text not null
catalogue_entry.summary text not null
catalogue_entry.words text not null
catalogue_entry.folded text not null
catalogue_entry.topics _text not null default '{}'::text[]
catalogue_entry.formats _text not null default '{}'::text[]
catalogue_entry.places _text not null default '{}'::text[]
catalogue_entry.starts date
catalogue_entry.ends date
catalogue_entry.grain text
catalogue_entry.frequency text
catalogue_entry.current_to date
catalogue_entry.licence text
catalogue_entry.quality int4 not null default 0
catalogue_entry.hash text not null
catalogue_entry.version int4 not null default 1
catalogue_entry.state text not null default 'live'::text
catalogue_entry.gone_at timestamptz
catalogue_entry.created_at timestamptz not null
catalogue_entry.modified_at timestamptz not null
catalogue_entry.search tsvector generated ((setweight(to_tsvector('german'::regconfig, title), 'A'::"char") || setweight(to_tsvector('german'::regconfig, words), 'B'::"char")) || setweight(to_tsvector('german'::regconfig, summary), 'C'::"char"))
catalogue_entry.twin_of uuid
catalogue_entry.kept_at timestamptz
catalogue_entry.removed_at timestamptz
catalogue_entry.kind text not null default 'dataset'::text
catalogue_entry.serves _text not null default '{}'::text[]
catalogue_entry_key.entry_id uuid not null
catalogue_entry_key.kind text not null
catalogue_entry_key.key text not null
catalogue_entry_link.entry_id uuid not null
catalogue_entry_link.link_id uuid not null
catalogue_entry_link.position int4 not null
catalogue_entry_link.kind text not null
catalogue_entry_version.id uuid not null
catalogue_entry_version.entry_id uuid not null
catalogue_entry_version.version int4 not null
catalogue_entry_version.at timestamptz not null
catalogue_entry_version.organisation_id text
catalogue_entry_version.way text not null
catalogue_entry_version.changes jsonb not null
catalogue_feedback.id uuid not null
catalogue_feedback.entry_id uuid not null
catalogue_feedback.person_id text
catalogue_feedback.kind text not null
catalogue_feedback.text text not null default ''::text
catalogue_feedback.created_at timestamptz not null
catalogue_feedback.answer text
catalogue_feedback.answered_at timestamptz
catalogue_feedback.state text not null default 'open'::text
catalogue_file.id uuid not null
catalogue_file.entry_id uuid not null
catalogue_file.position int4 not null
catalogue_file.name text not null
catalogue_file.media_type text not null
catalogue_file.sha256 text not null
catalogue_file.size int8 not null
catalogue_file_preview.entry_id uuid not null
catalogue_file_preview.position int4 not null
catalogue_file_preview.url text not null
catalogue_file_preview.preview jsonb
catalogue_file_preview.partial bool not null
catalogue_file_preview.findings jsonb not null
catalogue_file_preview.fetched_at timestamptz not null
catalogue_gap.one bool not null default true
catalogue_gap.reckoned_at timestamptz not null
catalogue_gap.counted jsonb not null
catalogue_harvested.source_id uuid not null
catalogue_harvested.remote_id text not null
catalogue_harvested.entry_id uuid
catalogue_harvested.raw_hash text not null
catalogue_harvested.hash text not null
catalogue_harvested.page text not null
catalogue_harvested.run_no int4 not null
catalogue_harvested.missing_since timestamptz
catalogue_link.id uuid not null
catalogue_link.url text not null
catalogue_link.host text not null
catalogue_link.service bool not null default false
catalogue_link.state text not null default 'unknown'::text
catalogue_link.status int4
catalogue_link.note text
catalogue_link.checked_at timestamptz
catalogue_link.failed_at timestamptz
catalogue_link.failures int4 not null default 0
catalogue_link.next_at timestamptz not null
catalogue_model_dataset.entry_id uuid not null
catalogue_model_dataset.concept text
catalogue_model_dataset.way text not null
catalogue_model_dataset.score float4 not null default 0
catalogue_model_dataset.version int4 not null
catalogue_model_dataset.at timestamptz not null
catalogue_need.id uuid not null
catalogue_need.question_id uuid not null
catalogue_need.position int4 not null
catalogue_need.what text not null
catalogue_need.unit text
catalogue_need.space text
catalogue_need.place text
catalogue_need.starts date
catalogue_need.ends date
catalogue_need.granularity text
catalogue_need.frequency text
catalogue_need.topic text
catalogue_need.created_at timestamptz not null
catalogue_need.modified_at timestamptz not null
catalogue_need_candidate.id uuid not null
catalogue_need_candidate.need_id uuid not null
catalogue_need_candidate.entry_id uuid not null
catalogue_need_candidate.state text not null
catalogue_need_candidate.created_at timestamptz not null
catalogue_need_candidate.decided_at timestamptz
catalogue_partner.id uuid not null
catalogue_partner.entry_id uuid not null
catalogue_partner.organisation_id text not null
catalogue_partner.agreement_id uuid
catalogue_partner.since timestamptz not null
catalogue_proposal.id uuid not null
catalogue_proposal.entry_id uuid not null
catalogue_proposal.person_id text
catalogue_proposal.organisation_id text
catalogue_proposal.base_version int4 not null
catalogue_proposal.changes jsonb not null
catalogue_proposal.note text not null
catalogue_proposal.state text not null default 'open'::text
catalogue_proposal.reason text
catalogue_proposal.created_at timestamptz not null
catalogue_proposal.decided_at timestamptz
catalogue_quality_day.day date not null
catalogue_quality_day.reckoned_at timestamptz not null
catalogue_quality_day.own jsonb not null
catalogue_quality_day.everything jsonb not null
catalogue_quality_day.fixes jsonb not null
catalogue_quality_day.houses jsonb
catalogue_quality_day.links jsonb
catalogue_quarantine.id uuid not null
catalogue_quarantine.source_id uuid not null
catalogue_quarantine.run_id uuid
catalogue_quarantine.remote_id text
catalogue_quarantine.title text
catalogue_quarantine.code text not null
catalogue_quarantine.message jsonb not null
catalogue_quarantine.raw text not null
catalogue_quarantine.raw_size int4 not null
catalogue_quarantine.raw_hash text not null
catalogue_quarantine.state text not null default 'open'::text
catalogue_quarantine.created_at timestamptz not null
catalogue_quarantine.decided_at timestamptz
catalogue_request.id uuid not null
catalogue_request.question_id uuid not null
catalogue_request.need_id uuid not null
catalogue_request.organisation_id text not null
catalogue_request.asker_organisation_id text
catalogue_request.state text not null
catalogue_request.message text not null
catalogue_request.due date not null
catalogue_request.promised_for date
catalogue_request.created_at timestamptz not null
catalogue_request.answered_at timestamptz
catalogue_request_message.id uuid not null
catalogue_request_message.request_id uuid not null
catalogue_request_message.side text not null
catalogue_request_message.kind text not null
catalogue_request_message.text text not null
catalogue_request_message.at timestamptz not null
catalogue_run.id uuid not null
catalogue_run.source_id uuid not null
catalogue_run.kind text not null
catalogue_run.state text not null
catalogue_run.inputs jsonb not null default '[]'::jsonb
catalogue_run.media_type text
catalogue_run.expected int4
catalogue_run.read int4 not null default 0
catalogue_run.created int4 not null default 0
catalogue_run.changed int4 not null default 0
catalogue_run.unchanged int4 not null default 0
catalogue_run.quarantined int4 not null default 0
catalogue_run.gone int4 not null default 0
catalogue_run.withheld int4 not null default 0
catalogue_run.reason jsonb
catalogue_run.created_at timestamptz not null
catalogue_run.beat_at timestamptz not null
catalogue_run.finished_at timestamptz
catalogue_run.no int4 not null default 0
catalogue_run.format text
catalogue_run.next jsonb
catalogue_run.claim uuid
catalogue_run.since timestamptz
catalogue_run.pages int4 not null default 0
catalogue_run.spared int4 not null default 0
catalogue_run.failures int4 not null default 0
catalogue_run.repeated int4 not null default 0
catalogue_run.bytes int8 not null default 0
catalogue_run.missing int4 not null default 0
catalogue_run.passed_over int4 not null default 0
catalogue_run_finding.id uuid not null
catalogue_run_finding.run_id uuid not null
catalogue_run_finding.remote_id text
catalogue_run_finding.level text not null
catalogue_run_finding.code text not null
catalogue_run_finding.message jsonb not null
catalogue_run_finding.raw text
catalogue_saved_search.id uuid not null
catalogue_saved_search.person_id text not null
catalogue_saved_search.name text not null
catalogue_saved_search.query jsonb not null
catalogue_saved_search.mail text not null
catalogue_saved_search.locale text not null
catalogue_saved_search.created_at timestamptz not null
catalogue_saved_search.told_at timestamptz not null
catalogue_saved_search.removed_at timestamptz
catalogue_score.entry_id uuid not null
catalogue_score.version int4 not null
catalogue_score.scored_at timestamptz not null
catalogue_score.mqa int4
catalogue_score.inventory int4
catalogue_score.findability int4
catalogue_score.accessibility int4
catalogue_score.interoperability int4
catalogue_score.reusability int4
catalogue_score.contextuality int4
catalogue_score.due_on date
catalogue_score.late_on date
catalogue_score.fixes jsonb not null
catalogue_score.gain int4 not null
catalogue_search_floor.one bool not null default true
catalogue_search_floor.xid xid8 not null
catalogue_search_floor.seq int8 not null
catalogue_search_log.seq int8 not null default nextval('catalogue_search_log_seq_seq'::regclass)
catalogue_search_log.xid xid8 not null default pg_current_xact_id()
catalogue_search_log.entry_id uuid not null
catalogue_search_log.hide bool not null
catalogue_search_log.at timestamptz not null default now()
catalogue_source.id uuid not null
catalogue_source.organisation_id text not null
catalogue_source.name text not null
catalogue_source.kind text not null
catalogue_source.url text
catalogue_source.created_at timestamptz not null
catalogue_source.last_run_at timestamptz
catalogue_source.format text
catalogue_source.schedule text not null default 'manual'::text
catalogue_source.next_run_at timestamptz
catalogue_source.priority int4 not null default 50
catalogue_source.pace int4 not null default 200
catalogue_source.run_no int4 not null default 0
catalogue_source.full_at timestamptz
catalogue_source.remove_after int4
catalogue_source_page.source_id uuid not null
catalogue_source_page.page text not null
catalogue_source_page.etag text
catalogue_source_page.last_modified text
catalogue_source_page.sha256 text not null
catalogue_source_page.next jsonb
catalogue_source_page.total int4
catalogue_source_page.records int4 not null
catalogue_source_page.run_no int4 not null
catalogue_source_page.passed_over int4 not null default 0
catalogue_tombstone.entry_id uuid not null
catalogue_tombstone.source_id uuid
catalogue_tombstone.remote_id text
catalogue_tombstone.title text not null
catalogue_tombstone.identifier text
catalogue_tombstone.visibility text not null
catalogue_tombstone.gone_at timestamptz not null
catalogue_tombstone.removed_at timestamptz not null
cooperation_agreement.id text not null
cooperation_agreement.question_id text not null
cooperation_agreement.title text not null
cooperation_agreement.state text not null
cooperation_agreement.version int4 not null
cooperation_agreement.charter text not null
cooperation_agreement.hash text not null
cooperation_agreement.valid_from date not null
cooperation_agreement.valid_until date not null
cooperation_agreement.created_by text
cooperation_agreement.created_at timestamptz not null
cooperation_agreement.proposed_at timestamptz
cooperation_agreement.signed_at timestamptz
cooperation_agreement.in_force_at timestamptz
cooperation_agreement.reminded_at timestamptz
cooperation_agreement.ended_at timestamptz
cooperation_agreement.end_reason text
cooperation_comment.id text not null
cooperation_comment.agreement_id text not null
cooperation_comment.clause text not null
cooperation_comment.version int4 not null
cooperation_comment.person_id text
cooperation_comment.organisation_id text
cooperation_comment.text text not null
cooperation_comment.created_at timestamptz not null
cooperation_party.agreement_id text not null
cooperation_party.organisation_id text not null
cooperation_party.part text not null
cooperation_party.position int4 not null
cooperation_signature.id text not null
cooperation_signature.agreement_id text not null
cooperation_signature.organisation_id text not null
cooperation_signature.version int4 not null
cooperation_signature.hash text not null
cooperation_signature.person_id text
cooperation_signature.name text
cooperation_signature.role text not null
cooperation_signature.signed_at timestamptz not null
cooperation_signature.forget bool not null default false
cooperation_version.agreement_id text not null
cooperation_version.version int4 not null
cooperation_version.charter text not null
cooperation_version.terms jsonb not null
cooperation_version.overrides jsonb not null
cooperation_version.hash text not null
cooperation_version.changed_clause text
cooperation_version.reason text
cooperation_version.created_by text
cooperation_version.created_at timestamptz not null
home_demo_step.step text not null
home_demo_step.result jsonb not null default '{}'::jsonb
home_demo_step.at timestamptz not null
identity_account.id text not null
identity_account.accountId text not null
identity_account.providerId text not null
identity_account.userId text not null
identity_account.accessToken text
identity_account.refreshToken text
identity_account.idToken text
identity_account.accessTokenExpiresAt timestamptz
identity_account.refreshTokenExpiresAt timestamptz
identity_account.scope text
identity_account.password text
identity_account.createdAt timestamptz not null default CURRENT_TIMESTAMP
identity_account.updatedAt timestamptz not null
identity_attempt.key text not null
identity_attempt.at timestamptz not null
identity_confirmation.id uuid not null
identity_confirmation.token_hash text not null
identity_confirmation.email text not null
identity_confirmation.purpose text not null
identity_confirmation.payload jsonb not null
identity_confirmation.title text not null
identity_confirmation.body text not null
identity_confirmation.button text not null
identity_confirmation.name text
identity_confirmation.destination text
identity_confirmation.organisation_id uuid
identity_confirmation.created_at timestamptz not null
identity_confirmation.expires_at timestamptz not null
identity_manager.person_id text not null
identity_manager.organisation_id uuid not null
identity_manager.since timestamptz not null
identity_membership.person_id text not null
identity_membership.organisation_id uuid not null
identity_membership.role text not null
identity_membership.since timestamptz not null
identity_municipality.ags text not null
identity_municipality.name text not null
identity_municipality.claim text
identity_municipality.operator text
identity_municipality.contact text
identity_municipality.hostnames _text not null default '{}'::text[]
identity_organisation.id uuid not null
identity_organisation.ags text not null
identity_organisation.name text not null
identity_organisation.short_name text not null
identity_organisation.kind text not null
identity_organisation.description text
identity_organisation.url text
identity_organisation.created_at timestamptz not null
identity_passkey.id text not null
identity_passkey.name text
identity_passkey.publicKey text not null
identity_passkey.userId text not null
identity_passkey.credentialID text not null
identity_passkey.counter int4 not null
identity_passkey.deviceType text not null
identity_passkey.backedUp bool not null
identity_passkey.transports text
identity_passkey.createdAt timestamptz
identity_passkey.aaguid text
identity_session.id text not null
identity_session.expiresAt timestamptz not null
identity_session.token text not null
identity_session.createdAt timestamptz not null default CURRENT_TIMESTAMP
identity_session.updatedAt timestamptz not null
identity_session.ipAddress text
identity_session.userAgent text
identity_session.userId text not null
identity_user.id text not null
identity_user.name text not null
identity_user.email text not null
identity_user.emailVerified bool not null
identity_user.image text
identity_user.createdAt timestamptz not null default CURRENT_TIMESTAMP
identity_user.updatedAt timestamptz not null default CURRENT_TIMESTAMP
identity_user.locale text not null
identity_user.personKey text
identity_verification.id text not null
identity_verification.identifier text not null
identity_verification.value text not null
identity_verification.expiresAt timestamptz not null
identity_verification.createdAt timestamptz not null default CURRENT_TIMESTAMP
identity_verification.updatedAt timestamptz not null default CURRENT_TIMESTAMP
identity_wish.person_id text not null
identity_wish.digest text not null
identity_wish.tasks bool not null
platform_event.id uuid not null
platform_event.name text not null
platform_event.payload jsonb not null
platform_event.at timestamptz not null
platform_mail.id uuid not null
platform_mail.recipient text
platform_mail.subject text
platform_mail.body text
platform_mail.queued_at timestamptz not null
platform_mail.sent_at timestamptz
platform_migration.name text not null
platform_migration.sha256 text not null
platform_migration.applied_at timestamptz not null default now()
platform_submission.once text not null
platform_submission.at timestamptz not null
questions_comment.id uuid not null
questions_comment.question_id uuid not null
questions_comment.reply_to uuid
questions_comment.author_id text
questions_comment.organisation_id text
questions_comment.role text
questions_comment.signature text not null default ''::text
questions_comment.body text not null
questions_comment.visibility text not null
questions_comment.at timestamptz not null
questions_comment.shown_at timestamptz
questions_counter.ags text not null
questions_counter.year int4 not null
questions_counter.last int4 not null
questions_delivery.follower_id uuid not null
questions_delivery.item_id uuid not null
questions_delivery.at timestamptz not null
questions_draft.id uuid not null
questions_draft.email_hash text not null
questions_draft.client_hash text not null
questions_draft.payload jsonb not null
questions_draft.locale text not null
questions_draft.created_at timestamptz not null
questions_follower.id uuid not null
questions_follower.question_id uuid not null
questions_follower.person_id text not null
questions_follower.mode text not null
questions_follower.locale text not null default 'de'::text
questions_follower.since timestamptz not null
questions_helpful.comment_id uuid not null
questions_helpful.person_id text not null
questions_moderation.id uuid not null
questions_moderation.question_id uuid not null
questions_moderation.comment_id uuid
questions_moderation.decision text not null
questions_moderation.rule text
questions_moderation.note text not null default ''::text
questions_moderation.decided_by text
questions_moderation.at timestamptz not null
questions_moderation.reply text
questions_moderation.replied_at timestamptz
questions_moderation.closed_at timestamptz
questions_question.id uuid not null
questions_question.ags text not null
questions_question.number text not null
questions_question.title text not null
questions_question.why text not null
questions_question.concerns text not null default ''::text
questions_question.place text not null default ''::text
questions_question.effect_goal text not null default ''::text
questions_question.effect_measure text not null default ''::text
questions_question.effect_baseline text not null default ''::text
questions_question.effect_review text not null default ''::text
questions_question.state text not null
questions_question.visibility text not null
questions_question.merged_into uuid
questions_question.author_id text
questions_question.organisation_id text
questions_question.signature text not null default ''::text
questions_question.locale text not null default 'de'::text
questions_question.raised_at timestamptz not null
questions_question.state_since timestamptz not null
questions_question.next_decision jsonb
questions_question.similar_seen int4 not null default 0
questions_question.people int4 not null default 0
questions_question.organisations int4 not null default 0
questions_question.search tsvector generated to_tsvector('german'::regconfig, ((((((((title || ' '::text) || why) || ' '::text) || concerns) || ' '::text) || place) || ' '::text) || effect_goal))
questions_support.id uuid not null
questions_support.question_id uuid not null
questions_support.person_id text
questions_support.organisation_id text
questions_support.at timestamptz not null
questions_timeline.id uuid not null
questions_timeline.line int8 not null
questions_timeline.question_id uuid not null
questions_timeline.at timestamptz not null
questions_timeline.kind text not null
questions_timeline.state text
questions_timeline.text_de text not null
questions_timeline.text_en text not null
questions_timeline.mark_de text not null default ''::text
questions_timeline.mark_en text not null default ''::text
questions_timeline.href text
sandbox_cell.workspace_id uuid not null
sandbox_cell.cell_key text not null
sandbox_cell.first_query_id uuid not null
sandbox_decision.release_id uuid not null
sandbox_decision.organisation_id text not null
sandbox_decision.decision text not null
sandbox_decision.reason text not null
sandbox_decision.decided_by text
sandbox_decision.decided_at timestamptz not null
sandbox_decision.seq int8 not null
sandbox_decision.round int4 not null default 1
sandbox_decision.rule_id uuid
sandbox_map.id uuid not null
sandbox_map.workspace_id uuid not null
sandbox_map.title text not null
sandbox_map.geo jsonb not null
sandbox_map.added_by text
sandbox_map.added_at timestamptz not null
sandbox_noisy_figure.workspace_id uuid not null
sandbox_noisy_figure.figure_key text not null
sandbox_noisy_figure.rho int8 not null
sandbox_noisy_figure.cells jsonb not null
sandbox_noisy_figure.query_id uuid not null
sandbox_notebook.id uuid not null
sandbox_notebook.workspace_id uuid not null
sandbox_notebook.title text not null
sandbox_notebook.shared bool not null default false
sandbox_notebook.written_by text
sandbox_notebook.created_at timestamptz not null
sandbox_notebook.changed_at timestamptz not null
sandbox_partition.workspace_id uuid not null
sandbox_partition.base text not null
sandbox_partition.way text not null
sandbox_partition.first_query_id uuid not null
sandbox_privacy.workspace_id uuid not null
sandbox_privacy.organisation_id text not null
sandbox_privacy.rho_limit int8 not null
sandbox_privacy.person_limit int8 not null
sandbox_privacy.groups_per_unit int4 not null
sandbox_privacy.rows_per_unit int4 not null
sandbox_privacy.decided_by text
sandbox_privacy.decided_at timestamptz not null
sandbox_privacy_charge.query_id uuid not null
sandbox_privacy_charge.workspace_id uuid not null
sandbox_privacy_charge.organisation_id text not null
sandbox_privacy_charge.unit_type text not null
sandbox_privacy_charge.rho int8 not null
sandbox_privacy_charge.delta int8 not null
sandbox_privacy_charge.charged_at timestamptz not null
sandbox_privacy_cost.query_id uuid not null
sandbox_privacy_cost.workspace_id uuid not null
sandbox_privacy_cost.rho int8 not null
sandbox_privacy_cost.delta int8 not null
sandbox_privacy_limit.organisation_id text not null
sandbox_privacy_limit.unit_type text not null
sandbox_privacy_limit.rho_limit int8 not null
sandbox_privacy_limit.decided_by text
sandbox_privacy_limit.decided_at timestamptz
sandbox_query.id uuid not null
sandbox_query.workspace_id uuid not null
sandbox_query.asked_by text
sandbox_query.organisation_id text not null
sandbox_query.asked_at timestamptz not null
sandbox_query.sql text not null
sandbox_query.form jsonb
sandbox_query.state text not null
sandbox_query.refusal jsonb
sandbox_query.plan_hash text
sandbox_query.preset_version text
sandbox_query.table_ids _text not null default '{}'::text[]
sandbox_query.cell_keys _text not null default '{}'::text[]
sandbox_query.result jsonb
sandbox_query.result_sha256 text
sandbox_query.cells_shown int4 not null default 0
sandbox_query.cells_protected int4
sandbox_query.cells_new int4 not null default 0
sandbox_query.finished_at timestamptz
sandbox_query.duration_ms int4
sandbox_query.title text not null default ''::text
sandbox_release.id uuid not null
sandbox_release.workspace_id uuid not null
sandbox_release.query_id uuid not null
sandbox_release.requested_by text
sandbox_release.organisation_id text not null
sandbox_release.requested_at timestamptz not null
sandbox_release.context text not null
sandbox_release.affected _text not null
sandbox_release.checks jsonb not null
sandbox_release.state text not null
sandbox_release.decided_at timestamptz
sandbox_release.package jsonb
sandbox_release.package_sha256 text
sandbox_release.round int4 not null default 1
sandbox_release.rounds jsonb not null default '[]'::jsonb
sandbox_release.redacted jsonb not null default '[]'::jsonb
sandbox_release.notebook jsonb
sandbox_release.unit_sets _text not null default '{}'::text[]
sandbox_release_cell.release_id uuid not null
sandbox_release_cell.cell_key text not null
sandbox_rule.id uuid not null
sandbox_rule.workspace_id uuid not null
sandbox_rule.organisation_id text not null
sandbox_rule.max_cells int4 not null
sandbox_rule.set_by text
sandbox_rule.set_at timestamptz not null
sandbox_rule.revoked_by text
sandbox_rule.revoked_at timestamptz
sandbox_saved.id uuid not null
sandbox_saved.workspace_id uuid not null
sandbox_saved.title text not null
sandbox_saved.sql text not null
sandbox_saved.form jsonb
sandbox_saved.shared bool not null default false
sandbox_saved.saved_by text
sandbox_saved.saved_at timestamptz not null
sandbox_snapshot.table_id uuid not null
sandbox_snapshot.number int4 not null
sandbox_snapshot.state text not null
sandbox_snapshot.taken_at timestamptz not null
sandbox_snapshot.taken_by text
sandbox_snapshot.file_name text not null
sandbox_snapshot.file_size int8 not null
sandbox_snapshot.vault jsonb
sandbox_snapshot.change jsonb
sandbox_snapshot.pinned_at timestamptz
sandbox_snapshot.pinned_by text
sandbox_snapshot.retired_at timestamptz
sandbox_step.id uuid not null
sandbox_step.notebook_id uuid not null
sandbox_step.position int4 not null
sandbox_step.text text not null
sandbox_step.query_id uuid
sandbox_step.shown_as text not null default 'table'::text
sandbox_table.id uuid not null
sandbox_table.workspace_id uuid not null
sandbox_table.organisation_id text not null
sandbox_table.entry_id text
sandbox_table.name text not null
sandbox_table.description text not null default ''::text
sandbox_table.state text not null
sandbox_table.spec jsonb
sandbox_table.vault jsonb
sandbox_table.findings jsonb not null default '[]'::jsonb
sandbox_table.file_name text not null
sandbox_table.file_size int8 not null
sandbox_table.uploaded_by text
sandbox_table.uploaded_at timestamptz not null
sandbox_table.confirmed_by text
sandbox_table.confirmed_at timestamptz
sandbox_turn.key text not null
sandbox_turn.holder text not null
sandbox_turn.until timestamptz not null
sandbox_workspace.id uuid not null
sandbox_workspace.agreement_id text not null
sandbox_workspace.question_id text not null
sandbox_workspace.title text not null
sandbox_workspace.state text not null
sandbox_workspace.opened_at timestamptz not null
sandbox_workspace.closed_at timestamptz
sandbox_workspace.close_reason text
sandbox_workspace.key_destroyed_at timestamptz
transparency_day.day date not null
transparency_day.entries int4 not null
transparency_day.first_seq int8 not null
transparency_day.last_seq int8 not null
transparency_day.root text not null
transparency_day.closed_at timestamptz not null
transparency_entry.seq int8 not null
transparency_entry.id uuid not null
transparency_entry.at timestamptz not null
transparency_entry.event text not null
transparency_entry.object_type text not null
transparency_entry.object_id text not null
transparency_entry.organisation_id text
transparency_entry.actor_role text not null
transparency_entry.details jsonb not null
transparency_entry.previous_hash text not null
transparency_entry.hash text not null
transparency_head.only_row bool not null default true
transparency_head.seq int8 not null
transparency_head.hash text not null
transparency_head.at timestamptz not null
answers_answer: CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text])))
answers_answer: PRIMARY KEY (id)
answers_answer: UNIQUE (number)
answers_decision: FOREIGN KEY (answer_id) REFERENCES answers_answer(id)
answers_decision: PRIMARY KEY (id)
answers_indicator: FOREIGN KEY (answer_id) REFERENCES answers_answer(id)
answers_indicator: PRIMARY KEY (id)
answers_version: FOREIGN KEY (answer_id) REFERENCES answers_answer(id)
answers_version: PRIMARY KEY (answer_id, version)
catalogue_campaign: PRIMARY KEY (id)
catalogue_campaign_house: FOREIGN KEY (campaign_id) REFERENCES catalogue_campaign(id) ON DELETE CASCADE
catalogue_campaign_house: PRIMARY KEY (campaign_id, organisation_id)
catalogue_cluster: CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'split'::text, 'over'::text])))
catalogue_cluster: FOREIGN KEY (winner) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_cluster: PRIMARY KEY (id)
catalogue_draft: CHECK ((kind = ANY (ARRAY['file'::text, 'inventory'::text, 'dcat'::text])))
catalogue_draft: PRIMARY KEY (id)
catalogue_entry: CHECK (((quality >= 0) AND (quality <= 100)))
catalogue_entry: CHECK ((kind = ANY (ARRAY['dataset'::text, 'service'::text])))
catalogue_entry: CHECK ((preview_face = ANY (ARRAY['public'::text, 'holder'::text])))
catalogue_entry: CHECK ((state = ANY (ARRAY['live'::text, 'duplicate'::text, 'gone'::text])))
catalogue_entry: CHECK ((visibility = ANY (ARRAY['public'::text, 'partners'::text, 'own'::text])))
catalogue_entry: FOREIGN KEY (source_id) REFERENCES catalogue_source(id)
catalogue_entry: FOREIGN KEY (twin_of) REFERENCES catalogue_entry(id) ON DELETE SET NULL
catalogue_entry: PRIMARY KEY (id)
catalogue_entry_key: CHECK ((kind = ANY (ARRAY['identifier'::text, 'other-identifier'::text, 'download'::text])))
catalogue_entry_key: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_entry_key: PRIMARY KEY (entry_id, kind, key)
catalogue_entry_link: CHECK ((kind = ANY (ARRAY['access'::text, 'download'::text])))
catalogue_entry_link: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_entry_link: FOREIGN KEY (link_id) REFERENCES catalogue_link(id) ON DELETE CASCADE
catalogue_entry_link: PRIMARY KEY (entry_id, "position", kind)
catalogue_entry_version: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_entry_version: PRIMARY KEY (id)
catalogue_entry_version: UNIQUE (entry_id, version)
catalogue_feedback: CHECK ((kind = ANY (ARRAY['too-coarse'::text, 'period-missing'::text, 'out-of-date'::text, 'hard-to-understand'::text, 'wrong'::text, 'not-reachable'::text, 'useful'::text])))
catalogue_feedback: CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'done'::text])))
catalogue_feedback: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_feedback: PRIMARY KEY (id)
catalogue_file: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_file: PRIMARY KEY (id)
catalogue_file: UNIQUE (entry_id, name)
catalogue_file_preview: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_file_preview: PRIMARY KEY (entry_id, "position")
catalogue_gap: CHECK (one)
catalogue_gap: PRIMARY KEY (one)
catalogue_harvested: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_harvested: FOREIGN KEY (source_id) REFERENCES catalogue_source(id)
catalogue_harvested: PRIMARY KEY (source_id, remote_id)
catalogue_link: CHECK ((state = ANY (ARRAY['unknown'::text, 'ok'::text, 'suspect'::text, 'broken'::text, 'refused'::text])))
catalogue_link: PRIMARY KEY (id)
catalogue_model_dataset: CHECK ((way = ANY (ARRAY['stated'::text, 'confirmed'::text, 'dismissed'::text, 'suggested'::text])))
catalogue_model_dataset: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_model_dataset: PRIMARY KEY (entry_id)
catalogue_need: PRIMARY KEY (id)
catalogue_need_candidate: CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'rejected'::text])))
catalogue_need_candidate: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_need_candidate: FOREIGN KEY (need_id) REFERENCES catalogue_need(id) ON DELETE CASCADE
catalogue_need_candidate: PRIMARY KEY (id)
catalogue_need_candidate: UNIQUE (need_id, entry_id)
catalogue_partner: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_partner: PRIMARY KEY (id)
catalogue_proposal: CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text])))
catalogue_proposal: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_proposal: PRIMARY KEY (id)
catalogue_quality_day: PRIMARY KEY (day)
catalogue_quarantine: CHECK ((state = ANY (ARRAY['open'::text, 'dismissed'::text, 'resolved'::text])))
catalogue_quarantine: FOREIGN KEY (run_id) REFERENCES catalogue_run(id) ON DELETE SET NULL
catalogue_quarantine: FOREIGN KEY (source_id) REFERENCES catalogue_source(id)
catalogue_quarantine: PRIMARY KEY (id)
catalogue_quarantine: UNIQUE (source_id, raw_hash)
catalogue_request: CHECK ((state = ANY (ARRAY['open'::text, 'promised'::text, 'declined'::text, 'asked-back'::text])))
catalogue_request: FOREIGN KEY (need_id) REFERENCES catalogue_need(id) ON DELETE CASCADE
catalogue_request: PRIMARY KEY (id)
catalogue_request_message: CHECK ((kind = ANY (ARRAY['ask'::text, 'promise'::text, 'decline'::text, 'ask-back'::text, 'reply'::text])))
catalogue_request_message: CHECK ((side = ANY (ARRAY['asker'::text, 'holder'::text])))
catalogue_request_message: FOREIGN KEY (request_id) REFERENCES catalogue_request(id) ON DELETE CASCADE
catalogue_request_message: PRIMARY KEY (id)
catalogue_run: CHECK ((kind = ANY (ARRAY['upload'::text, 'url'::text])))
catalogue_run: CHECK ((state = ANY (ARRAY['waiting'::text, 'fetching'::text, 'reading'::text, 'complete'::text, 'incomplete'::text, 'failed'::text])))
catalogue_run: FOREIGN KEY (source_id) REFERENCES catalogue_source(id)
catalogue_run: PRIMARY KEY (id)
catalogue_run_finding: CHECK ((level = ANY (ARRAY['error'::text, 'warning'::text, 'info'::text])))
catalogue_run_finding: FOREIGN KEY (run_id) REFERENCES catalogue_run(id) ON DELETE CASCADE
catalogue_run_finding: PRIMARY KEY (id)
catalogue_saved_search: CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text])))
catalogue_saved_search: CHECK ((mail = ANY (ARRAY['never'::text, 'daily'::text, 'weekly'::text])))
catalogue_saved_search: PRIMARY KEY (id)
catalogue_score: FOREIGN KEY (entry_id) REFERENCES catalogue_entry(id) ON DELETE CASCADE
catalogue_score: PRIMARY KEY (entry_id)
catalogue_search_floor: CHECK (one)
catalogue_search_floor: PRIMARY KEY (one)
catalogue_search_log: PRIMARY KEY (seq)
catalogue_source: CHECK (((pace >= 0) AND (pace <= 60000)))
catalogue_source: CHECK (((priority >= 0) AND (priority <= 100)))
catalogue_source: CHECK (((remove_after >= 1) AND (remove_after <= 3650)))
catalogue_source: CHECK ((kind = ANY (ARRAY['upload'::text, 'url'::text])))
catalogue_source: CHECK ((schedule = ANY (ARRAY['manual'::text, 'daily'::text, 'weekly'::text, 'monthly'::text])))
catalogue_source: PRIMARY KEY (id)
catalogue_source_page: FOREIGN KEY (source_id) REFERENCES catalogue_source(id)
catalogue_source_page: PRIMARY KEY (source_id, page)
catalogue_tombstone: CHECK ((visibility = ANY (ARRAY['public'::text, 'partners'::text, 'own'::text])))
catalogue_tombstone: FOREIGN KEY (source_id) REFERENCES catalogue_source(id) ON DELETE SET NULL
catalogue_tombstone: PRIMARY KEY (entry_id)
cooperation_agreement: CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'signed'::text, 'withdrawn'::text, 'expired'::text, 'ended'::text])))
cooperation_agreement: CHECK ((valid_from <= valid_until))
cooperation_agreement: PRIMARY KEY (id)
cooperation_comment: FOREIGN KEY (agreement_id) REFERENCES cooperation_agreement(id)
cooperation_comment: PRIMARY KEY (id)
cooperation_party: CHECK ((part = ANY (ARRAY['holder'::text, 'analyst'::text, 'asker'::text])))
cooperation_party: FOREIGN KEY (agreement_id) REFERENCES cooperation_agreement(id)
cooperation_party: PRIMARY KEY (agreement_id, organisation_id, part)
cooperation_signature: FOREIGN KEY (agreement_id) REFERENCES cooperation_agreement(id)
cooperation_signature: PRIMARY KEY (id)
cooperation_signature: UNIQUE (agreement_id, organisation_id, hash)
cooperation_version: FOREIGN KEY (agreement_id) REFERENCES cooperation_agreement(id)
cooperation_version: PRIMARY KEY (agreement_id, version)
home_demo_step: PRIMARY KEY (step)
identity_account: FOREIGN KEY ("userId") REFERENCES identity_user(id) ON DELETE CASCADE
identity_account: PRIMARY KEY (id)
identity_confirmation: FOREIGN KEY (organisation_id) REFERENCES identity_organisation(id) ON DELETE CASCADE
identity_confirmation: PRIMARY KEY (id)
identity_confirmation: UNIQUE (token_hash)
identity_manager: FOREIGN KEY (organisation_id) REFERENCES identity_organisation(id) ON DELETE CASCADE
identity_manager: FOREIGN KEY (person_id) REFERENCES identity_user(id) ON DELETE CASCADE
identity_manager: PRIMARY KEY (person_id, organisation_id)
identity_membership: FOREIGN KEY (organisation_id) REFERENCES identity_organisation(id) ON DELETE CASCADE
identity_membership: FOREIGN KEY (person_id) REFERENCES identity_user(id) ON DELETE CASCADE
identity_membership: PRIMARY KEY (person_id, organisation_id, role)
identity_municipality: CHECK ((ags ~ '^[0-9]{8}$'::text))
identity_municipality: PRIMARY KEY (ags)
identity_organisation: CHECK ((kind = ANY (ARRAY['department'::text, 'utility'::text, 'company'::text, 'institute'::text, 'association'::text])))
identity_organisation: FOREIGN KEY (ags) REFERENCES identity_municipality(ags)
identity_organisation: PRIMARY KEY (id)
identity_passkey: FOREIGN KEY ("userId") REFERENCES identity_user(id) ON DELETE CASCADE
identity_passkey: PRIMARY KEY (id)
identity_session: FOREIGN KEY ("userId") REFERENCES identity_user(id) ON DELETE CASCADE
identity_session: PRIMARY KEY (id)
identity_session: UNIQUE (token)
identity_user: PRIMARY KEY (id)
identity_user: UNIQUE (email)
identity_verification: PRIMARY KEY (id)
identity_wish: CHECK ((digest = ANY (ARRAY['never'::text, 'daily'::text, 'weekly'::text])))
identity_wish: FOREIGN KEY (person_id) REFERENCES identity_user(id) ON DELETE CASCADE
identity_wish: PRIMARY KEY (person_id)
platform_event: PRIMARY KEY (id)
platform_mail: PRIMARY KEY (id)
platform_migration: PRIMARY KEY (name)
platform_submission: PRIMARY KEY (once)
questions_comment: CHECK ((visibility = ANY (ARRAY['pending'::text, 'visible'::text, 'hidden'::text])))
questions_comment: FOREIGN KEY (question_id) REFERENCES questions_question(id)
questions_comment: FOREIGN KEY (reply_to) REFERENCES questions_comment(id)
questions_comment: PRIMARY KEY (id)
questions_counter: PRIMARY KEY (ags, year)
questions_delivery: FOREIGN KEY (follower_id) REFERENCES questions_follower(id) ON DELETE CASCADE
questions_delivery: PRIMARY KEY (follower_id, item_id)
questions_draft: PRIMARY KEY (id)
questions_follower: CHECK ((mode = ANY (ARRAY['steps'::text, 'daily'::text])))
questions_follower: FOREIGN KEY (question_id) REFERENCES questions_question(id)
questions_follower: PRIMARY KEY (id)
questions_follower: UNIQUE (question_id, person_id)
questions_helpful: FOREIGN KEY (comment_id) REFERENCES questions_comment(id)
questions_helpful: PRIMARY KEY (comment_id, person_id)
questions_moderation: CHECK ((decision = ANY (ARRAY['approve'::text, 'hide'::text, 'ask-back'::text, 'restore'::text])))
questions_moderation: FOREIGN KEY (comment_id) REFERENCES questions_comment(id)
questions_moderation: FOREIGN KEY (question_id) REFERENCES questions_question(id)
questions_moderation: PRIMARY KEY (id)
questions_question: CHECK (((visibility = 'merged'::text) = (merged_into IS NOT NULL)))
questions_question: CHECK ((state = ANY (ARRAY['raised'::text, 'prioritised'::text, 'mapped'::text, 'agreed'::text, 'analysing'::text, 'answered'::text, 'evaluated'::text])))
questions_question: CHECK ((visibility = ANY (ARRAY['pending'::text, 'visible'::text, 'hidden'::text, 'merged'::text])))
questions_question: FOREIGN KEY (merged_into) REFERENCES questions_question(id)
questions_question: PRIMARY KEY (id)
questions_question: UNIQUE (ags, number)
questions_support: CHECK (((person_id IS NOT NULL) OR (organisation_id IS NOT NULL)))
questions_support: FOREIGN KEY (question_id) REFERENCES questions_question(id)
questions_support: PRIMARY KEY (id)
questions_timeline: CHECK ((kind = ANY (ARRAY['state'::text, 'note'::text])))
questions_timeline: FOREIGN KEY (question_id) REFERENCES questions_question(id)
questions_timeline: PRIMARY KEY (id)
sandbox_cell: FOREIGN KEY (first_query_id) REFERENCES sandbox_query(id)
sandbox_cell: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_cell: PRIMARY KEY (workspace_id, cell_key)
sandbox_decision: CHECK ((decision = ANY (ARRAY['approve'::text, 'reject'::text, 'changes'::text, 'revoke'::text])))
sandbox_decision: FOREIGN KEY (release_id) REFERENCES sandbox_release(id)
sandbox_decision: FOREIGN KEY (rule_id) REFERENCES sandbox_rule(id)
sandbox_decision: PRIMARY KEY (seq)
sandbox_map: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_map: PRIMARY KEY (id)
sandbox_noisy_figure: FOREIGN KEY (query_id) REFERENCES sandbox_query(id)
sandbox_noisy_figure: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_noisy_figure: PRIMARY KEY (workspace_id, figure_key, rho)
sandbox_notebook: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_notebook: PRIMARY KEY (id)
sandbox_partition: FOREIGN KEY (first_query_id) REFERENCES sandbox_query(id)
sandbox_partition: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_partition: PRIMARY KEY (workspace_id, base, way)
sandbox_privacy: CHECK (((groups_per_unit >= 1) AND (groups_per_unit <= 1000)))
sandbox_privacy: CHECK (((rows_per_unit >= 1) AND (rows_per_unit <= 1000)))
sandbox_privacy: CHECK ((person_limit > 0))
sandbox_privacy: CHECK ((rho_limit > 0))
sandbox_privacy: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_privacy: PRIMARY KEY (workspace_id, organisation_id)
sandbox_privacy_charge: CHECK ((delta >= 0))
sandbox_privacy_charge: CHECK ((rho >= 0))
sandbox_privacy_charge: FOREIGN KEY (query_id) REFERENCES sandbox_query(id)
sandbox_privacy_charge: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_privacy_charge: PRIMARY KEY (query_id, organisation_id, unit_type)
sandbox_privacy_cost: CHECK ((delta >= 0))
sandbox_privacy_cost: CHECK ((rho >= 0))
sandbox_privacy_cost: FOREIGN KEY (query_id) REFERENCES sandbox_query(id)
sandbox_privacy_cost: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_privacy_cost: PRIMARY KEY (query_id)
sandbox_privacy_limit: CHECK ((rho_limit > 0))
sandbox_privacy_limit: PRIMARY KEY (organisation_id, unit_type)
sandbox_query: CHECK ((state = ANY (ARRAY['running'::text, 'answered'::text, 'refused'::text, 'failed'::text])))
sandbox_query: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_query: PRIMARY KEY (id)
sandbox_release: CHECK ((state = ANY (ARRAY['requested'::text, 'changes'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
sandbox_release: FOREIGN KEY (query_id) REFERENCES sandbox_query(id)
sandbox_release: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_release: PRIMARY KEY (id)
sandbox_release_cell: FOREIGN KEY (release_id) REFERENCES sandbox_release(id)
sandbox_release_cell: PRIMARY KEY (release_id, cell_key)
sandbox_rule: CHECK (((max_cells >= 1) AND (max_cells <= 10000)))
sandbox_rule: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_rule: PRIMARY KEY (id)
sandbox_saved: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_saved: PRIMARY KEY (id)
sandbox_snapshot: CHECK ((number > 0))
sandbox_snapshot: CHECK ((state = ANY (ARRAY['loading'::text, 'held'::text, 'pinned'::text, 'retired'::text, 'refused'::text, 'failed'::text])))
sandbox_snapshot: FOREIGN KEY (table_id) REFERENCES sandbox_table(id)
sandbox_snapshot: PRIMARY KEY (table_id, number)
sandbox_step: CHECK ((shown_as = ANY (ARRAY['table'::text, 'bars'::text, 'line'::text, 'map'::text])))
sandbox_step: FOREIGN KEY (notebook_id) REFERENCES sandbox_notebook(id) ON DELETE CASCADE
sandbox_step: FOREIGN KEY (query_id) REFERENCES sandbox_query(id)
sandbox_step: PRIMARY KEY (id)
sandbox_table: CHECK ((name ~ '^[a-z][a-z0-9_]{0,62}$'::text))
sandbox_table: CHECK ((state = ANY (ARRAY['loading'::text, 'proposed'::text, 'confirmed'::text, 'failed'::text, 'removed'::text])))
sandbox_table: FOREIGN KEY (workspace_id) REFERENCES sandbox_workspace(id)
sandbox_table: PRIMARY KEY (id)
sandbox_turn: PRIMARY KEY (key)
sandbox_workspace: CHECK ((close_reason = ANY (ARRAY['withdrawn'::text, 'expired'::text, 'ended'::text])))
sandbox_workspace: CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
sandbox_workspace: PRIMARY KEY (id)
sandbox_workspace: UNIQUE (agreement_id)
transparency_day: PRIMARY KEY (day)
transparency_entry: PRIMARY KEY (seq)
transparency_entry: UNIQUE (hash)
transparency_entry: UNIQUE (id)
transparency_head: CHECK (only_row)
transparency_head: PRIMARY KEY (only_row)
CREATE INDEX answers_answer_question ON public.answers_answer USING btree (question_id)
CREATE UNIQUE INDEX answers_answer_number_key ON public.answers_answer USING btree (number)
CREATE UNIQUE INDEX answers_answer_pkey ON public.answers_answer USING btree (id)
CREATE INDEX answers_decision_answer ON public.answers_decision USING btree (answer_id, decided_on)
CREATE UNIQUE INDEX answers_decision_pkey ON public.answers_decision USING btree (id)
CREATE INDEX answers_indicator_answer ON public.answers_indicator USING btree (answer_id, created_at)
CREATE UNIQUE INDEX answers_indicator_pkey ON public.answers_indicator USING btree (id)
CREATE UNIQUE INDEX answers_version_pkey ON public.answers_version USING btree (answer_id, version)
CREATE UNIQUE INDEX catalogue_campaign_pkey ON public.catalogue_campaign USING btree (id)
CREATE INDEX catalogue_campaign_house_organisation ON public.catalogue_campaign_house USING btree (organisation_id)
CREATE UNIQUE INDEX catalogue_campaign_house_pkey ON public.catalogue_campaign_house USING btree (campaign_id, organisation_id)
CREATE INDEX catalogue_cluster_members ON public.catalogue_cluster USING gin (members)
CREATE INDEX catalogue_cluster_state ON public.catalogue_cluster USING btree (state, created_at)
CREATE INDEX catalogue_cluster_winner ON public.catalogue_cluster USING btree (winner)
CREATE UNIQUE INDEX catalogue_cluster_pkey ON public.catalogue_cluster USING btree (id)
CREATE UNIQUE INDEX catalogue_draft_pkey ON public.catalogue_draft USING btree (id)
CREATE INDEX catalogue_entry_ags ON public.catalogue_entry USING btree (((record ->> 'ags'::text))) WHERE (visibility = 'public'::text)
CREATE INDEX catalogue_entry_areas ON public.catalogue_entry USING btree (modified_at DESC) WHERE ((preview_face = 'public'::text) AND (access = 'open'::text) AND jsonb_path_exists(preview, '$."geo"."features"[*]."geometry"."type"?(@ == "Polygon" || @ == "MultiPolygon")'::jsonpath))
CREATE INDEX catalogue_entry_ending ON public.catalogue_entry USING btree ("right"((id)::text, 12))
CREATE INDEX catalogue_entry_feed ON public.catalogue_entry USING btree (access, id) WHERE ((state = 'live'::text) AND (visibility = 'public'::text))
CREATE INDEX catalogue_entry_gone ON public.catalogue_entry USING btree (gone_at, id) WHERE (state = 'gone'::text)
CREATE INDEX catalogue_entry_hidden ON public.catalogue_entry USING btree (organisation_id) WHERE (visibility <> 'public'::text)
CREATE INDEX catalogue_entry_house ON public.catalogue_entry USING btree (organisation_id, modified_at) WHERE (source_id IS NULL)
CREATE INDEX catalogue_entry_modified ON public.catalogue_entry USING btree (modified_at, id)
CREATE INDEX catalogue_entry_organisation ON public.catalogue_entry USING btree (organisation_id)
CREATE INDEX catalogue_entry_own ON public.catalogue_entry USING btree (organisation_id) WHERE ((source_id IS NULL) AND (state = 'live'::text) AND (visibility = 'public'::text))
CREATE INDEX catalogue_entry_search ON public.catalogue_entry USING gin (search)
CREATE INDEX catalogue_entry_serves ON public.catalogue_entry USING gin (serves) WHERE (kind = 'service'::text)
CREATE INDEX catalogue_entry_twin ON public.catalogue_entry USING btree (twin_of) WHERE (twin_of IS NOT NULL)
CREATE UNIQUE INDEX catalogue_entry_pkey ON public.catalogue_entry USING btree (id)
CREATE UNIQUE INDEX catalogue_entry_remote ON public.catalogue_entry USING btree (source_id, remote_id) WHERE (source_id IS NOT NULL)
CREATE INDEX catalogue_entry_key_key ON public.catalogue_entry_key USING btree (kind, key)
CREATE UNIQUE INDEX catalogue_entry_key_pkey ON public.catalogue_entry_key USING btree (entry_id, kind, key)
CREATE INDEX catalogue_entry_link_link ON public.catalogue_entry_link USING btree (link_id)
CREATE UNIQUE INDEX catalogue_entry_link_pkey ON public.catalogue_entry_link USING btree (entry_id, "position", kind)
CREATE UNIQUE INDEX catalogue_entry_version_entry_id_version_key ON public.catalogue_entry_version USING btree (entry_id, version)
CREATE UNIQUE INDEX catalogue_entry_version_pkey ON public.catalogue_entry_version USING btree (id)
CREATE INDEX catalogue_feedback_entry ON public.catalogue_feedback USING btree (entry_id, created_at)
CREATE INDEX catalogue_feedback_state ON public.catalogue_feedback USING btree (state, created_at)
CREATE UNIQUE INDEX catalogue_feedback_pkey ON public.catalogue_feedback USING btree (id)
CREATE UNIQUE INDEX catalogue_file_entry_id_name_key ON public.catalogue_file USING btree (entry_id, name)
CREATE UNIQUE INDEX catalogue_file_pkey ON public.catalogue_file USING btree (id)
CREATE UNIQUE INDEX catalogue_file_preview_pkey ON public.catalogue_file_preview USING btree (entry_id, "position")
CREATE UNIQUE INDEX catalogue_gap_pkey ON public.catalogue_gap USING btree (one)
CREATE INDEX catalogue_harvested_entry ON public.catalogue_harvested USING btree (entry_id)
CREATE INDEX catalogue_harvested_missing ON public.catalogue_harvested USING btree (missing_since) WHERE (missing_since IS NOT NULL)
CREATE INDEX catalogue_harvested_page ON public.catalogue_harvested USING btree (source_id, page)
CREATE UNIQUE INDEX catalogue_harvested_pkey ON public.catalogue_harvested USING btree (source_id, remote_id)
CREATE INDEX catalogue_link_next ON public.catalogue_link USING btree (next_at)
CREATE UNIQUE INDEX catalogue_link_pkey ON public.catalogue_link USING btree (id)
CREATE UNIQUE INDEX catalogue_link_url ON public.catalogue_link USING btree (md5(url))
CREATE INDEX catalogue_model_dataset_concept ON public.catalogue_model_dataset USING btree (concept, way)
CREATE UNIQUE INDEX catalogue_model_dataset_pkey ON public.catalogue_model_dataset USING btree (entry_id)
CREATE INDEX catalogue_need_question ON public.catalogue_need USING btree (question_id, "position")
CREATE UNIQUE INDEX catalogue_need_pkey ON public.catalogue_need USING btree (id)
CREATE INDEX catalogue_need_candidate_entry ON public.catalogue_need_candidate USING btree (entry_id)
CREATE UNIQUE INDEX catalogue_need_candidate_need_id_entry_id_key ON public.catalogue_need_candidate USING btree (need_id, entry_id)
CREATE UNIQUE INDEX catalogue_need_candidate_pkey ON public.catalogue_need_candidate USING btree (id)
CREATE INDEX catalogue_partner_agreement ON public.catalogue_partner USING btree (agreement_id) WHERE (agreement_id IS NOT NULL)
CREATE INDEX catalogue_partner_entry ON public.catalogue_partner USING btree (entry_id, organisation_id)
CREATE INDEX catalogue_partner_organisation ON public.catalogue_partner USING btree (organisation_id)
CREATE UNIQUE INDEX catalogue_partner_pkey ON public.catalogue_partner USING btree (id)
CREATE INDEX catalogue_proposal_entry ON public.catalogue_proposal USING btree (entry_id, created_at)
CREATE UNIQUE INDEX catalogue_proposal_pkey ON public.catalogue_proposal USING btree (id)
CREATE UNIQUE INDEX catalogue_quality_day_pkey ON public.catalogue_quality_day USING btree (day)
CREATE INDEX catalogue_quarantine_remote ON public.catalogue_quarantine USING btree (source_id, remote_id)
CREATE INDEX catalogue_quarantine_state ON public.catalogue_quarantine USING btree (state, created_at)
CREATE UNIQUE INDEX catalogue_quarantine_pkey ON public.catalogue_quarantine USING btree (id)
CREATE UNIQUE INDEX catalogue_quarantine_source_id_raw_hash_key ON public.catalogue_quarantine USING btree (source_id, raw_hash)
CREATE INDEX catalogue_request_need ON public.catalogue_request USING btree (need_id)
CREATE INDEX catalogue_request_organisation ON public.catalogue_request USING btree (organisation_id, state)
CREATE UNIQUE INDEX catalogue_request_pkey ON public.catalogue_request USING btree (id)
CREATE INDEX catalogue_request_message_request ON public.catalogue_request_message USING btree (request_id, at)
CREATE UNIQUE INDEX catalogue_request_message_pkey ON public.catalogue_request_message USING btree (id)
CREATE INDEX catalogue_run_open ON public.catalogue_run USING btree (state) WHERE (state = ANY (ARRAY['waiting'::text, 'fetching'::text, 'reading'::text]))
CREATE INDEX catalogue_run_source ON public.catalogue_run USING btree (source_id, created_at)
CREATE UNIQUE INDEX catalogue_run_pkey ON public.catalogue_run USING btree (id)
CREATE INDEX catalogue_run_finding_run ON public.catalogue_run_finding USING btree (run_id, id)
CREATE UNIQUE INDEX catalogue_run_finding_pkey ON public.catalogue_run_finding USING btree (id)
CREATE INDEX catalogue_saved_search_mail ON public.catalogue_saved_search USING btree (mail, told_at) WHERE (removed_at IS NULL)
CREATE INDEX catalogue_saved_search_person ON public.catalogue_saved_search USING btree (person_id, created_at)
CREATE UNIQUE INDEX catalogue_saved_search_pkey ON public.catalogue_saved_search USING btree (id)
CREATE INDEX catalogue_score_gain ON public.catalogue_score USING btree (gain DESC)
CREATE UNIQUE INDEX catalogue_score_pkey ON public.catalogue_score USING btree (entry_id)
CREATE UNIQUE INDEX catalogue_search_floor_pkey ON public.catalogue_search_floor USING btree (one)
CREATE INDEX catalogue_search_log_order ON public.catalogue_search_log USING btree (xid, seq)
CREATE UNIQUE INDEX catalogue_search_log_pkey ON public.catalogue_search_log USING btree (seq)
CREATE INDEX catalogue_source_due ON public.catalogue_source USING btree (next_run_at) WHERE (next_run_at IS NOT NULL)
CREATE UNIQUE INDEX catalogue_source_pkey ON public.catalogue_source USING btree (id)
CREATE UNIQUE INDEX catalogue_source_url ON public.catalogue_source USING btree (url) WHERE (url IS NOT NULL)
CREATE UNIQUE INDEX catalogue_source_page_pkey ON public.catalogue_source_page USING btree (source_id, page)
CREATE UNIQUE INDEX catalogue_tombstone_pkey ON public.catalogue_tombstone USING btree (entry_id)
CREATE INDEX cooperation_agreement_question ON public.cooperation_agreement USING btree (question_id)
CREATE INDEX cooperation_agreement_term ON public.cooperation_agreement USING btree (state, valid_until)
CREATE UNIQUE INDEX cooperation_agreement_pkey ON public.cooperation_agreement USING btree (id)
CREATE INDEX cooperation_comment_agreement ON public.cooperation_comment USING btree (agreement_id, created_at)
CREATE INDEX cooperation_comment_person ON public.cooperation_comment USING btree (person_id)
CREATE UNIQUE INDEX cooperation_comment_pkey ON public.cooperation_comment USING btree (id)
CREATE INDEX cooperation_party_organisation ON public.cooperation_party USING btree (organisation_id)
CREATE UNIQUE INDEX cooperation_party_pkey ON public.cooperation_party USING btree (agreement_id, organisation_id, part)
CREATE INDEX cooperation_signature_person ON public.cooperation_signature USING btree (person_id)
CREATE UNIQUE INDEX cooperation_signature_agreement_id_organisation_id_hash_key ON public.cooperation_signature USING btree (agreement_id, organisation_id, hash)
CREATE UNIQUE INDEX cooperation_signature_pkey ON public.cooperation_signature USING btree (id)
CREATE UNIQUE INDEX cooperation_version_pkey ON public.cooperation_version USING btree (agreement_id, version)
CREATE UNIQUE INDEX home_demo_step_pkey ON public.home_demo_step USING btree (step)
CREATE INDEX "identity_account_userId_idx" ON public.identity_account USING btree ("userId")
CREATE UNIQUE INDEX identity_account_pkey ON public.identity_account USING btree (id)
CREATE INDEX identity_attempt_key ON public.identity_attempt USING btree (key, at)
CREATE INDEX identity_confirmation_email ON public.identity_confirmation USING btree (email)
CREATE INDEX identity_confirmation_organisation ON public.identity_confirmation USING btree (organisation_id)
CREATE UNIQUE INDEX identity_confirmation_pkey ON public.identity_confirmation USING btree (id)
CREATE UNIQUE INDEX identity_confirmation_token_hash_key ON public.identity_confirmation USING btree (token_hash)
CREATE INDEX identity_manager_organisation ON public.identity_manager USING btree (organisation_id)
CREATE UNIQUE INDEX identity_manager_pkey ON public.identity_manager USING btree (person_id, organisation_id)
CREATE INDEX identity_membership_organisation ON public.identity_membership USING btree (organisation_id)
CREATE UNIQUE INDEX identity_membership_pkey ON public.identity_membership USING btree (person_id, organisation_id, role)
CREATE UNIQUE INDEX identity_municipality_pkey ON public.identity_municipality USING btree (ags)
CREATE INDEX identity_organisation_name ON public.identity_organisation USING btree (lower(name), id)
CREATE UNIQUE INDEX identity_organisation_pkey ON public.identity_organisation USING btree (id)
CREATE INDEX "identity_passkey_credentialID_idx" ON public.identity_passkey USING btree ("credentialID")
CREATE INDEX "identity_passkey_userId_idx" ON public.identity_passkey USING btree ("userId")
CREATE UNIQUE INDEX identity_passkey_pkey ON public.identity_passkey USING btree (id)
CREATE INDEX "identity_session_userId_idx" ON public.identity_session USING btree ("userId")
CREATE UNIQUE INDEX identity_session_pkey ON public.identity_session USING btree (id)
CREATE UNIQUE INDEX identity_session_token_key ON public.identity_session USING btree (token)
CREATE UNIQUE INDEX identity_user_email_key ON public.identity_user USING btree (email)
CREATE UNIQUE INDEX identity_user_pkey ON public.identity_user USING btree (id)
CREATE INDEX identity_verification_identifier_idx ON public.identity_verification USING btree (identifier)
CREATE UNIQUE INDEX identity_verification_pkey ON public.identity_verification USING btree (id)
CREATE UNIQUE INDEX identity_wish_pkey ON public.identity_wish USING btree (person_id)
CREATE INDEX platform_event_name ON public.platform_event USING btree (name, at)
CREATE UNIQUE INDEX platform_event_pkey ON public.platform_event USING btree (id)
CREATE INDEX platform_mail_queued ON public.platform_mail USING btree (queued_at DESC)
CREATE UNIQUE INDEX platform_mail_pkey ON public.platform_mail USING btree (id)
CREATE UNIQUE INDEX platform_migration_pkey ON public.platform_migration USING btree (name)
CREATE INDEX platform_submission_at ON public.platform_submission USING btree (at)
CREATE UNIQUE INDEX platform_submission_pkey ON public.platform_submission USING btree (once)
CREATE INDEX questions_comment_author ON public.questions_comment USING btree (author_id)
CREATE INDEX questions_comment_question ON public.questions_comment USING btree (question_id, id)
CREATE UNIQUE INDEX questions_comment_pkey ON public.questions_comment USING btree (id)
CREATE UNIQUE INDEX questions_counter_pkey ON public.questions_counter USING btree (ags, year)
CREATE UNIQUE INDEX questions_delivery_pkey ON public.questions_delivery USING btree (follower_id, item_id)
CREATE INDEX questions_draft_created ON public.questions_draft USING btree (created_at)
CREATE UNIQUE INDEX questions_draft_pkey ON public.questions_draft USING btree (id)
CREATE UNIQUE INDEX questions_follower_pkey ON public.questions_follower USING btree (id)
CREATE UNIQUE INDEX questions_follower_question_id_person_id_key ON public.questions_follower USING btree (question_id, person_id)
CREATE UNIQUE INDEX questions_helpful_pkey ON public.questions_helpful USING btree (comment_id, person_id)
CREATE INDEX questions_moderation_subject ON public.questions_moderation USING btree (question_id, comment_id, at)
CREATE UNIQUE INDEX questions_moderation_pkey ON public.questions_moderation USING btree (id)
CREATE INDEX questions_question_author ON public.questions_question USING btree (author_id)
CREATE INDEX questions_question_list ON public.questions_question USING btree (ags, visibility, id DESC)
CREATE INDEX questions_question_search ON public.questions_question USING gin (search)
CREATE UNIQUE INDEX questions_question_ags_number_key ON public.questions_question USING btree (ags, number)
CREATE UNIQUE INDEX questions_question_pkey ON public.questions_question USING btree (id)
CREATE INDEX questions_support_who ON public.questions_support USING btree (person_id)
CREATE UNIQUE INDEX questions_support_organisation ON public.questions_support USING btree (question_id, organisation_id) WHERE (organisation_id IS NOT NULL)
CREATE UNIQUE INDEX questions_support_person ON public.questions_support USING btree (question_id, person_id) WHERE (organisation_id IS NULL)
CREATE UNIQUE INDEX questions_support_pkey ON public.questions_support USING btree (id)
CREATE INDEX questions_timeline_question ON public.questions_timeline USING btree (question_id, at, line)
CREATE UNIQUE INDEX questions_timeline_pkey ON public.questions_timeline USING btree (id)
CREATE INDEX sandbox_cell_query ON public.sandbox_cell USING btree (first_query_id)
CREATE UNIQUE INDEX sandbox_cell_pkey ON public.sandbox_cell USING btree (workspace_id, cell_key)
CREATE INDEX sandbox_decision_release ON public.sandbox_decision USING btree (release_id, round)
CREATE UNIQUE INDEX sandbox_decision_pkey ON public.sandbox_decision USING btree (seq)
CREATE INDEX sandbox_map_workspace ON public.sandbox_map USING btree (workspace_id, added_at)
CREATE UNIQUE INDEX sandbox_map_pkey ON public.sandbox_map USING btree (id)
CREATE UNIQUE INDEX sandbox_noisy_figure_pkey ON public.sandbox_noisy_figure USING btree (workspace_id, figure_key, rho)
CREATE INDEX sandbox_notebook_workspace ON public.sandbox_notebook USING btree (workspace_id, changed_at DESC)
CREATE UNIQUE INDEX sandbox_notebook_pkey ON public.sandbox_notebook USING btree (id)
CREATE UNIQUE INDEX sandbox_partition_pkey ON public.sandbox_partition USING btree (workspace_id, base, way)
CREATE UNIQUE INDEX sandbox_privacy_pkey ON public.sandbox_privacy USING btree (workspace_id, organisation_id)
CREATE INDEX sandbox_privacy_charge_holder ON public.sandbox_privacy_charge USING btree (organisation_id, unit_type)
CREATE INDEX sandbox_privacy_charge_workspace ON public.sandbox_privacy_charge USING btree (workspace_id)
CREATE UNIQUE INDEX sandbox_privacy_charge_pkey ON public.sandbox_privacy_charge USING btree (query_id, organisation_id, unit_type)
CREATE INDEX sandbox_privacy_cost_workspace ON public.sandbox_privacy_cost USING btree (workspace_id)
CREATE UNIQUE INDEX sandbox_privacy_cost_pkey ON public.sandbox_privacy_cost USING btree (query_id)
CREATE UNIQUE INDEX sandbox_privacy_limit_pkey ON public.sandbox_privacy_limit USING btree (organisation_id, unit_type)
CREATE INDEX sandbox_query_person ON public.sandbox_query USING btree (asked_by, asked_at)
CREATE INDEX sandbox_query_workspace ON public.sandbox_query USING btree (workspace_id, asked_at DESC)
CREATE UNIQUE INDEX sandbox_query_pkey ON public.sandbox_query USING btree (id)
CREATE INDEX sandbox_release_workspace ON public.sandbox_release USING btree (workspace_id, requested_at DESC)
CREATE UNIQUE INDEX sandbox_release_one_open ON public.sandbox_release USING btree (query_id) WHERE (state = ANY (ARRAY['requested'::text, 'changes'::text, 'approved'::text]))
CREATE UNIQUE INDEX sandbox_release_pkey ON public.sandbox_release USING btree (id)
CREATE INDEX sandbox_release_cell_key ON public.sandbox_release_cell USING btree (cell_key)
CREATE UNIQUE INDEX sandbox_release_cell_pkey ON public.sandbox_release_cell USING btree (release_id, cell_key)
CREATE UNIQUE INDEX sandbox_rule_active ON public.sandbox_rule USING btree (workspace_id, organisation_id) WHERE (revoked_at IS NULL)
CREATE UNIQUE INDEX sandbox_rule_pkey ON public.sandbox_rule USING btree (id)
CREATE INDEX sandbox_saved_workspace ON public.sandbox_saved USING btree (workspace_id, saved_at DESC)
CREATE UNIQUE INDEX sandbox_saved_pkey ON public.sandbox_saved USING btree (id)
CREATE UNIQUE INDEX sandbox_snapshot_pinned ON public.sandbox_snapshot USING btree (table_id) WHERE (state = 'pinned'::text)
CREATE UNIQUE INDEX sandbox_snapshot_pkey ON public.sandbox_snapshot USING btree (table_id, number)
CREATE UNIQUE INDEX sandbox_snapshot_waiting ON public.sandbox_snapshot USING btree (table_id) WHERE (state = ANY (ARRAY['loading'::text, 'held'::text]))
CREATE INDEX sandbox_step_notebook ON public.sandbox_step USING btree (notebook_id, "position")
CREATE UNIQUE INDEX sandbox_step_pkey ON public.sandbox_step USING btree (id)
CREATE UNIQUE INDEX sandbox_table_name ON public.sandbox_table USING btree (workspace_id, name) WHERE (state = ANY (ARRAY['loading'::text, 'proposed'::text, 'confirmed'::text]))
CREATE UNIQUE INDEX sandbox_table_pkey ON public.sandbox_table USING btree (id)
CREATE UNIQUE INDEX sandbox_turn_pkey ON public.sandbox_turn USING btree (key)
CREATE INDEX sandbox_workspace_question ON public.sandbox_workspace USING btree (question_id)
CREATE UNIQUE INDEX sandbox_workspace_agreement_id_key ON public.sandbox_workspace USING btree (agreement_id)
CREATE UNIQUE INDEX sandbox_workspace_pkey ON public.sandbox_workspace USING btree (id)
CREATE UNIQUE INDEX transparency_day_pkey ON public.transparency_day USING btree (day)
CREATE INDEX transparency_entry_at ON public.transparency_entry USING btree (at)
CREATE INDEX transparency_entry_event ON public.transparency_entry USING btree (event, seq)
CREATE INDEX transparency_entry_object ON public.transparency_entry USING btree (object_type, object_id, seq)
CREATE INDEX transparency_entry_organisation ON public.transparency_entry USING btree (organisation_id, seq)
CREATE UNIQUE INDEX transparency_entry_hash_key ON public.transparency_entry USING btree (hash)
CREATE UNIQUE INDEX transparency_entry_id_key ON public.transparency_entry USING btree (id)
CREATE UNIQUE INDEX transparency_entry_pkey ON public.transparency_entry USING btree (seq)
CREATE UNIQUE INDEX transparency_head_pkey ON public.transparency_head USING btree (only_row)
CREATE OR REPLACE FUNCTION public.catalogue_log_added()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into catalogue_search_log (entry_id, hide) select id, false from after_rows;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.catalogue_log_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into catalogue_search_log (entry_id, hide)
  select a.id, a.visibility <> b.visibility or a.state <> b.state or a.organisation_id <> b.organisation_id
  from after_rows a join before_rows b on b.id = a.id
  where (a.title, a.summary, a.words, a.holder_name, a.organisation_id, a.visibility, a.access, a.topics, a.formats,
      a.places, a.starts, a.ends, a.licence, a.quality, a.state, a.modified_at, a.hash)
    is distinct from (b.title, b.summary, b.words, b.holder_name, b.organisation_id, b.visibility, b.access, b.topics,
      b.formats, b.places, b.starts, b.ends, b.licence, b.quality, b.state, b.modified_at, b.hash);
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.catalogue_log_removed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into catalogue_search_log (entry_id, hide) select id, true from before_rows;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.catalogue_log_shared()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into catalogue_search_log (entry_id, hide) select distinct entry_id, false from after_rows;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.catalogue_log_unshared()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into catalogue_search_log (entry_id, hide) select distinct entry_id, true from before_rows;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.sandbox_keep_charge()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what was spent stays spent';
end $function$

CREATE OR REPLACE FUNCTION public.sandbox_keep_decision()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - 'decided_by') is distinct from (to_jsonb(old) - 'decided_by') then
    raise exception 'a decision is kept';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.sandbox_keep_release()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    raise exception 'a release is kept';
  end if;
  if old.state not in ('requested', 'changes') and
     (to_jsonb(new) - 'requested_by') is distinct from (to_jsonb(old) - 'requested_by') then
    raise exception 'a decided release does not change';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.transparency_refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the register is append-only' using errcode = '42501';
end $function$

CREATE TRIGGER catalogue_entry_added AFTER INSERT ON public.catalogue_entry REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION catalogue_log_added()
CREATE TRIGGER catalogue_entry_changed AFTER UPDATE ON public.catalogue_entry REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION catalogue_log_changed()
CREATE TRIGGER catalogue_entry_removed AFTER DELETE ON public.catalogue_entry REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION catalogue_log_removed()
CREATE TRIGGER catalogue_partner_added AFTER INSERT ON public.catalogue_partner REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION catalogue_log_shared()
CREATE TRIGGER catalogue_partner_removed AFTER DELETE ON public.catalogue_partner REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION catalogue_log_unshared()
CREATE TRIGGER sandbox_decision_kept BEFORE DELETE OR UPDATE ON public.sandbox_decision FOR EACH ROW EXECUTE FUNCTION sandbox_keep_decision()
CREATE TRIGGER sandbox_privacy_charge_kept BEFORE DELETE OR UPDATE ON public.sandbox_privacy_charge FOR EACH ROW EXECUTE FUNCTION sandbox_keep_charge()
CREATE TRIGGER sandbox_privacy_cost_kept BEFORE DELETE OR UPDATE ON public.sandbox_privacy_cost FOR EACH ROW EXECUTE FUNCTION sandbox_keep_charge()
CREATE TRIGGER sandbox_release_kept BEFORE DELETE OR UPDATE ON public.sandbox_release FOR EACH ROW EXECUTE FUNCTION sandbox_keep_release()
CREATE TRIGGER transparency_entry_append_only BEFORE DELETE OR UPDATE ON public.transparency_entry FOR EACH ROW EXECUTE FUNCTION transparency_refuse_change()
CREATE TRIGGER transparency_entry_no_truncate BEFORE TRUNCATE ON public.transparency_entry FOR EACH STATEMENT EXECUTE FUNCTION transparency_refuse_change()
