using System.Data.Common;
using System.Globalization;
using Kyodo.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Kyodo.Storage;

/// <summary>
/// Many new records at once, by the model's own columns and conversions but without tracking: ten thousand cases in a fraction of the time
/// and memory. Within the transaction that is open. What the records noted is not written: the caller says it in one entry.
/// </summary>
public static class BulkInsert
{
    private const int RowsAStatement = 50;

    extension(AppDb db)
    {
        public async Task InsertAsync<T>(IReadOnlyList<T> entities, CancellationToken stop = default)
            where T : class
        {
            var code = await db.HomeCodeAsync(stop);
            foreach (var record in entities.OfType<Record>())
            {
                record.TakeNotes();
                record.GovernmentCode = record.GovernmentCode.Length == 0 ? code : record.GovernmentCode;
                record.RowVersion++;
            }
            var type = db.Model.FindEntityType(typeof(T))!;
            var table = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
            var columns = type.GetProperties().Where(property => !property.IsShadowProperty()).Select(property => new Column(property, property.GetColumnName(table)!)).ToArray();
            var quote = db.GetService<ISqlGenerationHelper>();
            foreach (var portion in entities.Chunk(RowsAStatement))
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
                var rows = portion.Select((entity, row) => $"({string.Join(',', columns.Select((column, i) => column.AddTo(command, entity, row * columns.Length + i)))})").ToList();
                command.CommandText = $"INSERT INTO {quote.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(',', columns.Select(column => quote.DelimitIdentifier(column.Name)))}) VALUES {string.Join(',', rows)}";
                await command.ExecuteNonQueryAsync(stop);
            }
        }
    }

    private sealed class Column(IProperty property, string name)
    {
        private readonly RelationalTypeMapping _mapping = property.GetRelationalTypeMapping();
        private readonly IClrPropertyGetter _getter = property.GetGetter();

        public string Name => name;

        public string AddTo(DbCommand command, object entity, int number)
        {
            var parameter = "@p" + number.ToString(CultureInfo.InvariantCulture);
            command.Parameters.Add(_mapping.CreateParameter(command, parameter, _getter.GetClrValue(entity), property.IsNullable));
            return parameter;
        }
    }
}
