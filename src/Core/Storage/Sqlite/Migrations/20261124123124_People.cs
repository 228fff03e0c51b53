using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kyodo.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "acts_for_id",
                table: "appointments",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "person_files",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    last_sign_in_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    failure_noted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    lock_noted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_files", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_person_files_person_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "person_links",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    token_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    used_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    revoked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    government_code = table.Column<string>(type: "TEXT", maxLength: 6, nullable: false),
                    row_version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_person_links_person_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_appointments_acts_for_id",
                table: "appointments",
                column: "acts_for_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_links_person_id",
                table: "person_links",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_links_token_hash",
                table: "person_links",
                column: "token_hash",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_appointments_appointments_acts_for_id",
                table: "appointments",
                column: "acts_for_id",
                principalTable: "appointments",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_appointments_appointments_acts_for_id",
                table: "appointments");

            migrationBuilder.DropTable(
                name: "person_files");

            migrationBuilder.DropTable(
                name: "person_links");

            migrationBuilder.DropIndex(
                name: "ix_appointments_acts_for_id",
                table: "appointments");

            migrationBuilder.DropColumn(
                name: "acts_for_id",
                table: "appointments");
        }
    }
}
