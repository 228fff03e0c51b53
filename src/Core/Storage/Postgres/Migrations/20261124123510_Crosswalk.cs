using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kyodo.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Crosswalk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "also_called",
                table: "collaboration_forms",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "also_called",
                table: "collaboration_forms");
        }
    }
}
