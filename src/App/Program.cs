Console.WriteLine("kyodo");
