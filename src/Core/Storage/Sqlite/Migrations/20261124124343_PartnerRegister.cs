using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kyodo.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PartnerRegister : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "address",
                table: "partners",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "contact_changed_at",
                table: "partners",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "contact_name",
                table: "partners",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phone",
                table: "partners",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "contact_consents",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    partner_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    person = table.Column<bool>(type: "INTEGER", nullable: false),
                    email = table.Column<bool>(type: "INTEGER", nullable: false),
                    phone = table.Column<bool>(type: "INTEGER", nullable: false),
                    address = table.Column<bool>(type: "INTEGER", nullable: false),
                    given_by = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    given_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    recorded_by = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    recorded_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    withdrawn_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    withdrawn_by = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_consents", x => x.id);
                    table.ForeignKey(
                        name: "fk_contact_consents_partner_partner_id",
                        column: x => x.partner_id,
                        principalTable: "partners",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "partner_merges",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    from_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    from_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    into_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    into_name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    gave_address = table.Column<bool>(type: "INTEGER", nullable: false),
                    merged_by = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    merged_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    moved_json = table.Column<string>(type: "TEXT", nullable: false),
                    undone_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    undone_by = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    undo_reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner_merges", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partner_names",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    partner_id = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner_names", x => x.id);
                    table.ForeignKey(
                        name: "fk_partner_names_partners_partner_id",
                        column: x => x.partner_id,
                        principalTable: "partners",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_contact_consents_partner_id",
                table: "contact_consents",
                column: "partner_id");

            migrationBuilder.CreateIndex(
                name: "ix_partner_merges_from_id",
                table: "partner_merges",
                column: "from_id");

            migrationBuilder.CreateIndex(
                name: "ix_partner_merges_into_id",
                table: "partner_merges",
                column: "into_id");

            migrationBuilder.CreateIndex(
                name: "ix_partner_names_name_key",
                table: "partner_names",
                column: "name_key");

            migrationBuilder.CreateIndex(
                name: "ix_partner_names_partner_id_name_key",
                table: "partner_names",
                columns: new[] { "partner_id", "name_key" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "contact_consents");

            migrationBuilder.DropTable(
                name: "partner_merges");

            migrationBuilder.DropTable(
                name: "partner_names");

            migrationBuilder.DropColumn(
                name: "address",
                table: "partners");

            migrationBuilder.DropColumn(
                name: "contact_changed_at",
                table: "partners");

            migrationBuilder.DropColumn(
                name: "contact_name",
                table: "partners");

            migrationBuilder.DropColumn(
                name: "phone",
                table: "partners");
        }
    }
}
