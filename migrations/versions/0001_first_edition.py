"""first edition

Revision: 0001, after 
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('failed_sign_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('network', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_failed_sign_in'))
    )
    with op.batch_alter_table('failed_sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_failed_sign_in_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_failed_sign_in_network'), ['network'], unique=False)
        batch_op.create_index(batch_op.f('ix_failed_sign_in_username'), ['username'], unique=False)

    op.create_table('journal',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor', sa.String(length=40), nullable=False),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('organisation', sa.String(length=40), nullable=True),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_journal')),
    sa.UniqueConstraint('hash', name=op.f('uq_journal_hash'))
    )
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_journal_organisation'), ['organisation'], unique=False)
        batch_op.create_index(batch_op.f('ix_journal_subject'), ['subject'], unique=False)

    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(length=120), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('recipient', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('organisation', sa.String(length=40), nullable=True),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.String(length=300), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('event', 'recipient', 'name', name=op.f('uq_letter_event'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_organisation'), ['organisation'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_recipient'), ['recipient'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pseudonym', sa.String(length=40), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('name_km', sa.String(length=255), nullable=False),
    sa.Column('name_latin', sa.String(length=255), nullable=False),
    sa.Column('post_km', sa.String(length=255), nullable=False),
    sa.Column('post_en', sa.String(length=255), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=30), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name='fk_person_organisation_id_organisation', use_alter=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('pseudonym', name=op.f('uq_person_pseudonym')),
    sa.UniqueConstraint('username', name=op.f('uq_person_username'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('provider',
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('name_km', sa.String(length=255), nullable=False),
    sa.Column('name_latin', sa.String(length=255), nullable=False),
    sa.Column('acronym', sa.String(length=40), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('services', sa.JSON(), nullable=False),
    sa.Column('groups', sa.JSON(), nullable=False),
    sa.Column('provinces', sa.JSON(), nullable=False),
    sa.Column('public_phone', sa.String(length=30), nullable=False),
    sa.Column('public_email', sa.String(length=254), nullable=False),
    sa.Column('rights', sa.JSON(), nullable=False),
    sa.Column('edition', sa.String(length=60), nullable=False),
    sa.Column('memorandum', sa.String(length=30), nullable=False),
    sa.Column('registration', sa.Enum('identified', 'draft', 'submitted', 'in-review', 'information-requested', 'registered', 'refused', 'review-requested', 'withdrawn', 'removed', name='registrationstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('memorandum_status', sa.Enum('draft', 'offered', 'changes-requested', 'declined', 'signed', 'returned', 'countersigned', 'suspended', 'terminated', 'withdrawn', 'superseded', 'discarded', name='memorandumstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('in_force_from', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('renewal_opens_days', sa.Integer(), nullable=False),
    sa.Column('renewal_asked_on', sa.Date(), nullable=True),
    sa.Column('renewal_refused_on', sa.Date(), nullable=True),
    sa.Column('oldest_owed', sa.Date(), nullable=True),
    sa.Column('accredited_since', sa.Date(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('reference', name=op.f('pk_provider'))
    )
    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('based_on', sa.String(length=60), nullable=False),
    sa.Column('status', sa.Enum('draft', 'proposed', 'published', 'withdrawn', name='editionstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('begun_by_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('proposed_at', sa.DateTime(), nullable=True),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.CheckConstraint("status <> 'published' OR (sha256 IS NOT NULL AND published_by_id IS NOT NULL AND proposed_by_id IS NOT NULL)", name=op.f('ck_edition_frozen')),
    sa.CheckConstraint('published_by_id <> proposed_by_id', name=op.f('ck_edition_two_people')),
    sa.ForeignKeyConstraint(['begun_by_id'], ['person.id'], name=op.f('fk_edition_begun_by_id_person')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_edition_proposed_by_id_person')),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_edition_published_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('name', name=op.f('uq_edition_name'))
    )
    op.create_table('journal_note',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['seq'], ['journal.seq'], name=op.f('fk_journal_note_seq_journal')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_journal_note'))
    )
    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('status', sa.Enum('identified', 'draft', 'submitted', 'in-review', 'information-requested', 'registered', 'refused', 'review-requested', 'withdrawn', 'removed', name='registrationstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name_km', sa.String(length=255), nullable=False),
    sa.Column('name_latin', sa.String(length=255), nullable=False),
    sa.Column('acronym', sa.String(length=40), nullable=False),
    sa.Column('is_foreign', sa.Boolean(), nullable=True),
    sa.Column('registration_number', sa.String(length=60), nullable=False),
    sa.Column('registration_date', sa.Date(), nullable=True),
    sa.Column('letter_address_km', sa.String(length=500), nullable=False),
    sa.Column('letter_address_en', sa.String(length=500), nullable=False),
    sa.Column('public_phone', sa.String(length=30), nullable=False),
    sa.Column('public_email', sa.String(length=254), nullable=False),
    sa.Column('other_memoranda', sa.Text(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('child_places', sa.Integer(), nullable=False),
    sa.Column('active_cases', sa.Integer(), nullable=False),
    sa.Column('work_described', sa.Boolean(), nullable=False),
    sa.Column('staff_described', sa.Boolean(), nullable=False),
    sa.Column('begun_at', sa.DateTime(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('answer_due', sa.Date(), nullable=True),
    sa.Column('handled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('child_places <= places', name=op.f('ck_organisation_child_places')),
    sa.CheckConstraint('places >= 0 AND child_places >= 0 AND active_cases >= 0', name=op.f('ck_organisation_counts')),
    sa.ForeignKeyConstraint(['handled_by_id'], ['person.id'], name=op.f('fk_organisation_handled_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('reference', name=op.f('uq_organisation_reference'))
    )
    op.create_table('person_role',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('director', 'preparer', 'registration-officer', 'approver', 'signatory', 'inspector', 'auditor', 'administrator', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_role_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'role', name=op.f('pk_person_role'))
    )
    op.create_table('sign_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('begun_at', sa.DateTime(), nullable=False),
    sa.Column('seen_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('device', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_person_id'), ['person_id'], unique=False)

    op.create_table('step_up_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('bound_to', sa.String(length=64), nullable=False),
    sa.Column('code_hash', sa.String(length=200), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_step_up_code_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_step_up_code'))
    )
    with op.batch_alter_table('step_up_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_step_up_code_person_id'), ['person_id'], unique=False)

    op.create_table('clause_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('asked', 'answered', 'published', 'taken-back', name='questionstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('edition', sa.String(length=60), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('answer_due', sa.Date(), nullable=False),
    sa.Column('answer_km', sa.Text(), nullable=False),
    sa.Column('answer_en', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('published_question_km', sa.Text(), nullable=False),
    sa.Column('published_question_en', sa.Text(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("status <> 'published' OR (published_at IS NOT NULL AND published_question_km <> '' AND published_question_en <> '' AND answer_km <> '' AND answer_en <> '')", name=op.f('ck_clause_question_published_in_both_languages')),
    sa.CheckConstraint("status = 'asked' OR (answered_at IS NOT NULL AND answered_by_id IS NOT NULL)", name=op.f('ck_clause_question_answered')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_clause_question_answered_by_id_person')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_clause_question_asked_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_clause_question_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_clause_question_published_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_question'))
    )
    with op.batch_alter_table('clause_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clause_question_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_clause_question_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('edition_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('record', sa.String(length=80), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('old', sa.Text(), nullable=False),
    sa.Column('new', sa.Text(), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['person.id'], name=op.f('fk_edition_change_changed_by_id_person')),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_edition_change_edition_id_edition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition_change')),
    sa.UniqueConstraint('edition_id', 'record', 'field', 'language', name=op.f('uq_edition_change_edition_id'))
    )
    with op.batch_alter_table('edition_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_change_edition_id'), ['edition_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('role', sa.Enum('director', 'preparer', 'registration-officer', 'approver', 'signatory', 'inspector', 'auditor', 'administrator', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=False),
    sa.Column('invited_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['invited_by_id'], ['person.id'], name=op.f('fk_invitation_invited_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    op.create_table('item_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(), nullable=False),
    sa.Column('item', sa.String(length=40), nullable=False),
    sa.Column('result', sa.Enum('conforming', 'question', name='checkresult', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=False),
    sa.Column('checked_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['checked_by_id'], ['person.id'], name=op.f('fk_item_check_checked_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_item_check_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_check')),
    sa.UniqueConstraint('organisation_id', 'item', 'submitted_at', name=op.f('uq_item_check_organisation_id'))
    )
    with op.batch_alter_table('item_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_check_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('memorandum',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=30), nullable=False),
    sa.Column('verification_code', sa.String(length=12), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('previous_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('draft', 'offered', 'changes-requested', 'declined', 'signed', 'returned', 'countersigned', 'suspended', 'terminated', 'withdrawn', 'superseded', 'discarded', name='memorandumstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('edition', sa.String(length=60), nullable=False),
    sa.Column('edition_sha256', sa.String(length=64), nullable=False),
    sa.Column('drafted_on', sa.Date(), nullable=False),
    sa.Column('prepared_by_id', sa.Integer(), nullable=False),
    sa.Column('ministry_signatory_id', sa.Integer(), nullable=True),
    sa.Column('organisation_signatory_id', sa.Integer(), nullable=True),
    sa.Column('offered_at', sa.DateTime(), nullable=True),
    sa.Column('terms_sha256', sa.String(length=64), nullable=True),
    sa.Column('docx_sha256', sa.String(length=64), nullable=True),
    sa.Column('offered_sha256', sa.String(length=64), nullable=True),
    sa.Column('boxes', sa.JSON(), nullable=True),
    sa.Column('current_sha256', sa.String(length=64), nullable=True),
    sa.Column('in_force_from', sa.Date(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('term_years', sa.Integer(), nullable=False),
    sa.Column('renewal_opens_days', sa.Integer(), nullable=False),
    sa.Column('renewal_asked_on', sa.Date(), nullable=True),
    sa.Column('renewal_refused_on', sa.Date(), nullable=True),
    sa.Column('answer_note', sa.Text(), nullable=False),
    sa.CheckConstraint("status <> 'countersigned' OR expires_on IS NOT NULL", name=op.f('ck_memorandum_dated')),
    sa.CheckConstraint("status NOT IN ('offered', 'signed', 'countersigned') OR offered_sha256 IS NOT NULL", name=op.f('ck_memorandum_frozen')),
    sa.CheckConstraint('expires_on >= in_force_from', name=op.f('ck_memorandum_term')),
    sa.ForeignKeyConstraint(['ministry_signatory_id'], ['person.id'], name=op.f('fk_memorandum_ministry_signatory_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_memorandum_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['organisation_signatory_id'], ['person.id'], name=op.f('fk_memorandum_organisation_signatory_id_person')),
    sa.ForeignKeyConstraint(['prepared_by_id'], ['person.id'], name=op.f('fk_memorandum_prepared_by_id_person')),
    sa.ForeignKeyConstraint(['previous_id'], ['memorandum.id'], name=op.f('fk_memorandum_previous_id_memorandum')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memorandum')),
    sa.UniqueConstraint('reference', name=op.f('uq_memorandum_reference')),
    sa.UniqueConstraint('verification_code', name=op.f('uq_memorandum_verification_code'))
    )
    with op.batch_alter_table('memorandum', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_memorandum_current_sha256'), ['current_sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_memorandum_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('statute', 'registration-certificate', 'child-safeguarding-policy', 'budget', name='paperkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('filename', sa.LargeBinary(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_paper_size')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_paper_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['person.id'], name=op.f('fk_paper_uploaded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('profile_choice',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('service', 'group', 'province', name='choicekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_profile_choice_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('organisation_id', 'kind', 'code', name=op.f('pk_profile_choice'))
    )
    op.create_table('question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_question_asked_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_question_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('registration_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('advice', sa.Enum('register', 'refuse', name='advice', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('advice_note', sa.Text(), nullable=False),
    sa.Column('recommended_by_id', sa.Integer(), nullable=False),
    sa.Column('recommended_at', sa.DateTime(), nullable=False),
    sa.Column('outcome', sa.Enum('register', 'refuse', name='advice', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('review_reason', sa.Text(), nullable=False),
    sa.Column('review_asked_at', sa.DateTime(), nullable=True),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_registration_decision_decided')),
    sa.CheckConstraint('decided_by_id <> recommended_by_id', name=op.f('ck_registration_decision_two_people')),
    sa.CheckConstraint('decided_by_id <> reviewed_by_id', name=op.f('ck_registration_decision_another_reviewer')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_registration_decision_decided_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_registration_decision_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['recommended_by_id'], ['person.id'], name=op.f('fk_registration_decision_recommended_by_id_person')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['person.id'], name=op.f('fk_registration_decision_reviewed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_decision'))
    )
    with op.batch_alter_table('registration_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_decision_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('site',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('residential', 'office', 'day-centre', name='sitekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('province', sa.String(length=2), nullable=False),
    sa.Column('confidential', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_site_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site'))
    )
    with op.batch_alter_table('site', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_site_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('staff_post',
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('post', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('monthly_pay', sa.Numeric(precision=10, scale=2), nullable=True),
    sa.CheckConstraint('number >= 0', name=op.f('ck_staff_post_number')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_staff_post_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('organisation_id', 'post', name=op.f('pk_staff_post'))
    )
    op.create_table('change_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('memorandum_id', sa.Integer(), nullable=False),
    sa.Column('article', sa.Integer(), nullable=False),
    sa.Column('wish', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('answer', sa.Enum('granted', 'refused', name='changeanswer', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('answer_text', sa.Text(), nullable=False),
    sa.Column('old_km', sa.Text(), nullable=False),
    sa.Column('old_en', sa.Text(), nullable=False),
    sa.Column('new_km', sa.Text(), nullable=False),
    sa.Column('new_en', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("answer <> 'granted' OR article = 0 OR new_km <> ''", name=op.f('ck_change_request_worded')),
    sa.CheckConstraint('answer IS NULL OR answered_by_id IS NOT NULL', name=op.f('ck_change_request_answered')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_change_request_answered_by_id_person')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_change_request_asked_by_id_person')),
    sa.ForeignKeyConstraint(['memorandum_id'], ['memorandum.id'], name=op.f('fk_change_request_memorandum_id_memorandum')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_request'))
    )
    with op.batch_alter_table('change_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_request_memorandum_id'), ['memorandum_id'], unique=False)

    op.create_table('duty',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('memorandum_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('party', sa.Enum('organisation', 'ministry', name='field', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('period_start', sa.Date(), nullable=True),
    sa.Column('period_end', sa.Date(), nullable=True),
    sa.Column('status', sa.Enum('open', 'received', 'accepted', 'returned', name='dutystatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('received_by_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('returned_on', sa.Date(), nullable=True),
    sa.CheckConstraint("status NOT IN ('received', 'accepted') OR received_on IS NOT NULL", name=op.f('ck_duty_received')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_duty_answered_by_id_person')),
    sa.ForeignKeyConstraint(['memorandum_id'], ['memorandum.id'], name=op.f('fk_duty_memorandum_id_memorandum')),
    sa.ForeignKeyConstraint(['received_by_id'], ['person.id'], name=op.f('fk_duty_received_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty')),
    sa.UniqueConstraint('memorandum_id', 'code', 'due_on', name=op.f('uq_duty_memorandum_id'))
    )
    with op.batch_alter_table('duty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duty_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_duty_memorandum_id'), ['memorandum_id'], unique=False)

    op.create_table('offered_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('memorandum_id', sa.Integer(), nullable=False),
    sa.Column('terms_sha256', sa.String(length=64), nullable=False),
    sa.Column('offered_sha256', sa.String(length=64), nullable=False),
    sa.Column('offered_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['memorandum_id'], ['memorandum.id'], name=op.f('fk_offered_text_memorandum_id_memorandum')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offered_text'))
    )
    with op.batch_alter_table('offered_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offered_text_memorandum_id'), ['memorandum_id'], unique=False)

    op.create_table('signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('memorandum_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.Enum('organisation', 'ministry', name='field', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('prepared_by_id', sa.Integer(), nullable=False),
    sa.Column('name_km', sa.String(length=255), nullable=False),
    sa.Column('name_latin', sa.String(length=255), nullable=False),
    sa.Column('typed_name', sa.String(length=255), nullable=False),
    sa.Column('post_km', sa.String(length=255), nullable=False),
    sa.Column('post_en', sa.String(length=255), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=False),
    sa.Column('offered_sha256', sa.String(length=64), nullable=False),
    sa.Column('seen_sha256', sa.String(length=64), nullable=False),
    sa.Column('signed_sha256', sa.String(length=64), nullable=False),
    sa.Column('certificate_serial', sa.String(length=60), nullable=False),
    sa.Column('key_id', sa.String(length=80), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('consent_text', sa.Text(), nullable=False),
    sa.Column('intent_text', sa.Text(), nullable=False),
    sa.Column('step_up_code_id', sa.Integer(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.Column('check_answers', sa.JSON(), nullable=True),
    sa.Column('check_tries', sa.Integer(), nullable=True),
    sa.Column('check_version', sa.String(length=64), nullable=True),
    sa.Column('assisted_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("field <> 'ministry' OR person_id <> prepared_by_id", name=op.f('ck_signature_two_people')),
    sa.CheckConstraint("field <> 'organisation' OR check_version IS NOT NULL", name=op.f('ck_signature_understood')),
    sa.ForeignKeyConstraint(['assisted_by_id'], ['person.id'], name=op.f('fk_signature_assisted_by_id_person')),
    sa.ForeignKeyConstraint(['memorandum_id'], ['memorandum.id'], name=op.f('fk_signature_memorandum_id_memorandum')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_signature_person_id_person')),
    sa.ForeignKeyConstraint(['prepared_by_id'], ['person.id'], name=op.f('fk_signature_prepared_by_id_person')),
    sa.ForeignKeyConstraint(['step_up_code_id'], ['step_up_code.id'], name=op.f('fk_signature_step_up_code_id_step_up_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_signature_idempotency_key')),
    sa.UniqueConstraint('memorandum_id', 'field', 'offered_sha256', name=op.f('uq_signature_memorandum_id')),
    sa.UniqueConstraint('signed_sha256', name=op.f('uq_signature_signed_sha256')),
    sa.UniqueConstraint('step_up_code_id', name=op.f('uq_signature_step_up_code_id'))
    )
    with op.batch_alter_table('signature', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signature_memorandum_id'), ['memorandum_id'], unique=False)

    op.create_table('site_place',
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('called', sa.LargeBinary(), nullable=False),
    sa.Column('address', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_site_place_site_id_site')),
    sa.PrimaryKeyConstraint('site_id', name=op.f('pk_site_place'))
    )
    op.create_table('understanding_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('memorandum_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('offered_sha256', sa.String(length=64), nullable=False),
    sa.Column('version', sa.String(length=64), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('passed_at', sa.DateTime(), nullable=True),
    sa.Column('assisted_by_id', sa.Integer(), nullable=True),
    sa.Column('assisted_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['assisted_by_id'], ['person.id'], name=op.f('fk_understanding_check_assisted_by_id_person')),
    sa.ForeignKeyConstraint(['memorandum_id'], ['memorandum.id'], name=op.f('fk_understanding_check_memorandum_id_memorandum')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_understanding_check_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_understanding_check')),
    sa.UniqueConstraint('memorandum_id', 'person_id', 'offered_sha256', name=op.f('uq_understanding_check_memorandum_id'))
    )
    with op.batch_alter_table('understanding_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_understanding_check_memorandum_id'), ['memorandum_id'], unique=False)

    _keep_the_journal_append_only()


def downgrade() -> None:
    with op.batch_alter_table('understanding_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_understanding_check_memorandum_id'))

    op.drop_table('understanding_check')
    op.drop_table('site_place')
    with op.batch_alter_table('signature', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_signature_memorandum_id'))

    op.drop_table('signature')
    with op.batch_alter_table('offered_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offered_text_memorandum_id'))

    op.drop_table('offered_text')
    with op.batch_alter_table('duty', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_duty_memorandum_id'))
        batch_op.drop_index(batch_op.f('ix_duty_due_on'))

    op.drop_table('duty')
    with op.batch_alter_table('change_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_request_memorandum_id'))

    op.drop_table('change_request')
    op.drop_table('staff_post')
    with op.batch_alter_table('site', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_site_organisation_id'))

    op.drop_table('site')
    with op.batch_alter_table('registration_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_decision_organisation_id'))

    op.drop_table('registration_decision')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_organisation_id'))

    op.drop_table('question')
    op.drop_table('profile_choice')
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_organisation_id'))

    op.drop_table('paper')
    with op.batch_alter_table('memorandum', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_memorandum_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_memorandum_current_sha256'))

    op.drop_table('memorandum')
    with op.batch_alter_table('item_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_check_organisation_id'))

    op.drop_table('item_check')
    op.drop_table('invitation')
    with op.batch_alter_table('edition_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_edition_change_edition_id'))

    op.drop_table('edition_change')
    with op.batch_alter_table('clause_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clause_question_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_clause_question_code'))

    op.drop_table('clause_question')
    with op.batch_alter_table('step_up_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_step_up_code_person_id'))

    op.drop_table('step_up_code')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_person_id'))

    op.drop_table('sign_in')
    op.drop_table('person_role')
    op.drop_table('organisation')
    op.drop_table('journal_note')
    op.drop_table('edition')
    op.drop_table('provider')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_organisation_id'))

    op.drop_table('person')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_recipient'))
        batch_op.drop_index(batch_op.f('ix_letter_organisation'))

    op.drop_table('letter')
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_journal_subject'))
        batch_op.drop_index(batch_op.f('ix_journal_organisation'))

    op.drop_table('journal')
    with op.batch_alter_table('failed_sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_failed_sign_in_username'))
        batch_op.drop_index(batch_op.f('ix_failed_sign_in_network'))
        batch_op.drop_index(batch_op.f('ix_failed_sign_in_at'))

    op.drop_table('failed_sign_in')


def _keep_the_journal_append_only() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'the journal is append-only'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
            "EXECUTE FUNCTION journal_is_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )
