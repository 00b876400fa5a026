using Ews.ImService.Testing.Tests.Examples;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHttpClient<MinimalClient>((services, http) =>
    http.BaseAddress = services.GetRequiredService<IConfiguration>().GetValue<Uri>("Exchange:Url"));
var application = builder.Build();
application.MapPost(
    "/groups/{name}", (string name, MinimalClient exchange) => exchange.AddImGroupAsync("alice@contoso.com", name));
application.Run();
